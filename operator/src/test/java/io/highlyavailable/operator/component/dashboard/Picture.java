package io.highlyavailable.operator.component.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A dashboard's body as a picture: each widget where the body puts it, with what the body says that
 * it shows. The lines are of a simulated afternoon.
 */
final class Picture {
  private static final int COLUMN = 50;
  private static final int ROW = 26;
  private static final int POINTS = 37;
  private static final List<String> COLOURS =
      List.of("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2");

  private final StringBuilder svg = new StringBuilder();

  private Picture() {}

  static String of(JsonNode body) {
    Picture picture = new Picture();
    int rows = 0;
    for (JsonNode widget : body.path("widgets")) {
      rows = Math.max(rows, widget.path("y").asInt() + widget.path("height").asInt());
      picture.draw(widget);
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">
    <rect width="100%%" height="100%%" fill="#f2f3f3"/>
    %s</svg>
    """
        .formatted(24 * COLUMN, rows * ROW, picture.svg);
  }

  private void draw(JsonNode widget) {
    int width = widget.path("width").asInt() * COLUMN - 6;
    int height = widget.path("height").asInt() * ROW - 6;
    line(
        "<g transform=\"translate(%d %d)\">",
        widget.path("x").asInt() * COLUMN + 3, widget.path("y").asInt() * ROW + 3);
    line("<rect width=\"%d\" height=\"%d\" fill=\"#fff\" stroke=\"#d5dbdb\"/>", width, height);
    JsonNode properties = widget.path("properties");
    switch (widget.path("type").asText()) {
      case "text" -> text(properties.path("markdown").asText());
      case "alarm" -> alarms(properties);
      default -> graph(properties, width, height);
    }
    line("</g>");
  }

  private void text(String markdown) {
    List<String> lines = markdown.lines().toList();
    line(
        "<text x=\"8\" y=\"18\" font-size=\"15\" font-weight=\"bold\">%s</text>",
        escaped(lines.getFirst().replaceFirst("^# ", "")));
    for (int i = 1; i < lines.size(); i++) {
      line("<text x=\"8\" y=\"%d\" fill=\"#555\">%s</text>", 20 + 16 * i, escaped(lines.get(i)));
    }
  }

  private void alarms(JsonNode properties) {
    title(properties);
    int number = 0;
    for (JsonNode arn : properties.path("alarms")) {
      String name = arn.asText().replaceFirst(".*-[a-z2-7]{13}-", "");
      int x = 8 + number % 8 * 148;
      int y = 26 + number / 8 * 26;
      line("<rect x=\"%d\" y=\"%d\" width=\"144\" height=\"20\" rx=\"2\" fill=\"#1d8102\"/>", x, y);
      line(
          "<text x=\"%d\" y=\"%d\" fill=\"#fff\" font-size=\"8\">%s</text>",
          x + 4, y + 13, escaped(name));
      number++;
    }
  }

  private void title(JsonNode properties) {
    line(
        "<text x=\"8\" y=\"16\" font-weight=\"bold\">%s</text>",
        escaped(properties.path("title").asText()));
  }

  private void graph(JsonNode properties, int width, int height) {
    title(properties);
    line(
        "<text x=\"8\" y=\"29\" fill=\"#777\" font-size=\"9\">%s</text>",
        escaped(properties.at("/yAxis/left/label").asText()));
    List<String> labels = labels(properties.path("metrics"));
    for (int i = 0; i < labels.size(); i++) {
      String colour = COLOURS.get(i % COLOURS.size());
      line(
          "<polyline fill=\"none\" stroke=\"%s\" points=\"%s\"/>",
          colour, points(properties.path("title").asText(), labels.get(i), i, width, height));
      line(
          "<text x=\"%d\" y=\"%d\" fill=\"%s\" font-size=\"8\">%s</text>",
          8 + i % 3 * (width - 10) / 3,
          height - 16 + i / 3 * 10,
          colour,
          escaped(shortened(labels.get(i))));
    }
    line("<path d=\"M8 %d H%d\" stroke=\"#aaa\"/>".formatted(height - 28, width - 8));
  }

  /** A search finds a line for each zone, service or operation. */
  private static List<String> labels(JsonNode metrics) {
    List<String> labels = new ArrayList<>();
    for (JsonNode metric : metrics) {
      JsonNode rendering = metric.path(metric.size() - 1);
      if (rendering.path("expression").asText().contains("AvailabilityZone")) {
        labels.addAll(List.of("us-east-1a", "us-east-1b", "us-east-1c"));
      } else if (rendering.path("expression").asText().contains("ServiceName")) {
        labels.addAll(List.of("AmazonRDS", "AmazonEC2", "AmazonS3"));
      } else if (rendering.has("expression")) {
        labels.addAll(List.of("GetItem", "PutItem", "Query"));
      } else {
        labels.add(rendering.path("label").asText());
      }
    }
    return labels;
  }

  private static String shortened(String label) {
    return label.replaceFirst("ha-[a-z0-9-]*-[a-z2-7]{13}", "…");
  }

  /** The same for the same title and label: traffic that rises and falls, charges that grow. */
  private static String points(String title, String label, int number, int width, int height) {
    Random noise = new Random((title + label).hashCode());
    boolean counted = title.startsWith("In service");
    boolean rare = title.matches("Out of.*|Errors|Sessions dropped|.*lag");
    boolean grows = title.matches("Charges.*|Bucket.*|Objects");
    return IntStream.range(0, POINTS)
        .mapToObj(
            i -> {
              double wave = 0.45 + 0.25 * Math.sin((i - 6) / 6.0) - number * 0.07;
              double share =
                  counted
                      ? 0.55 + number * 0.004
                      : rare
                          ? (noise.nextInt(14) == 0 ? 0.3 : 0.02)
                          : grows ? 0.3 + 0.4 * i / POINTS - number * 0.06 : wave;
              double y = Math.clamp(share + (counted ? 0 : noise.nextDouble() * 0.05), 0.01, 1);
              return "%d,%d"
                  .formatted(
                      8 + i * (width - 16) / (POINTS - 1), (int) (height - 28 - y * (height - 66)));
            })
        .collect(Collectors.joining(" "));
  }

  private void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
