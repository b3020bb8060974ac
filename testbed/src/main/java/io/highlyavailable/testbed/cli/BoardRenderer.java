package io.highlyavailable.testbed.cli;

import io.highlyavailable.testbed.cli.Row.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns rows into text.
 *
 * @param width columns of the terminal; a longer line would wrap and spoil redrawing
 * @param height lines of the terminal
 * @param color whether to mark progress by colour
 */
record BoardRenderer(int width, int height, boolean color) {
  private static final int STATE_WIDTH = 12;
  private static final int LONGEST_NAME = 44;

  /**
   * One line a row, aligned; rows that are done give way when there are too many for the terminal.
   */
  List<String> lines(List<Row> rows, Instant now) {
    List<Row> shown = new ArrayList<>(rows);
    int hidden = 0;
    // One line is left for the cursor, one for the count of the hidden.
    while (shown.size() > height - 2 && hideOneDone(shown)) {
      hidden++;
    }
    int nameWidth =
        Math.min(LONGEST_NAME, rows.stream().mapToInt(r -> r.name().length()).max().orElse(0));
    List<String> lines = new ArrayList<>();
    for (Row row : shown.subList(0, Math.min(shown.size(), Math.max(1, height - 2)))) {
      lines.add(line(row, nameWidth, now));
    }
    if (hidden > 0) {
      lines.add("  and " + hidden + " more that are ready");
    }
    return lines;
  }

  private static boolean hideOneDone(List<Row> rows) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).progress() == Progress.DONE) {
        rows.remove(i);
        return true;
      }
    }
    return false;
  }

  private String line(Row row, int nameWidth, Instant now) {
    String text =
        "%s %s %s %6s  %s"
            .formatted(
                mark(row.progress()),
                fit(row.name(), nameWidth),
                fit(row.state(), STATE_WIDTH),
                row.since() == null ? "" : elapsed(row.elapsed(now)),
                row.message())
            .stripTrailing();
    String cut = text.length() > width ? text.substring(0, Math.max(0, width - 1)) + "…" : text;
    return color ? paint(row.progress()) + cut + "\u001b[0m" : cut;
  }

  /** What to print when a row has changed and nothing can be redrawn. */
  static String plain(Row row, Instant now) {
    String message = row.message().isEmpty() ? "" : ": " + row.message();
    return "%-6s %s %s%s".formatted(elapsed(row.elapsed(now)), row.name(), row.state(), message);
  }

  /** A duration as people write it: {@code 48s} or {@code 3m05s}. */
  static String elapsed(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds < 60 ? seconds + "s" : "%dm%02ds".formatted(seconds / 60, seconds % 60);
  }

  private static String fit(String text, int size) {
    return text.length() > size
        ? text.substring(0, size - 1) + "…"
        : text + " ".repeat(size - text.length());
  }

  private static char mark(Progress progress) {
    return switch (progress) {
      case WAITING -> '·';
      case WORKING -> '…';
      case DONE -> '✓';
      case FAILED -> '✗';
    };
  }

  private static String paint(Progress progress) {
    return switch (progress) {
      case WAITING -> "\u001b[2m";
      case WORKING -> "\u001b[33m";
      case DONE -> "\u001b[32m";
      case FAILED -> "\u001b[31m";
    };
  }
}
