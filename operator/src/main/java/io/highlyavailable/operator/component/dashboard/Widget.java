package io.highlyavailable.operator.component.dashboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A widget of a dashboard, without its place. */
sealed interface Widget {
  /** CloudWatch's word for its type. */
  String type();

  /** What it is called; unique on a dashboard. */
  String title();

  /** The object {@code properties}. */
  Map<String, Object> properties();

  /**
   * Text.
   *
   * @param title its first line
   * @param markdown the rest of it
   */
  record Text(String title, String markdown) implements Widget {
    @Override
    public String type() {
      return "text";
    }

    @Override
    public Map<String, Object> properties() {
      return Map.of("markdown", "# " + title + (markdown.isEmpty() ? "" : "\n" + markdown));
    }
  }

  /**
   * A graph over time.
   *
   * @param title what it shows
   * @param region where its metrics are
   * @param period seconds of a point
   * @param unit what its left axis measures
   * @param series its lines
   */
  record Graph(String title, String region, int period, String unit, List<Series> series)
      implements Widget {
    public Graph {
      series = List.copyOf(series);
    }

    @Override
    public String type() {
      return "metric";
    }

    @Override
    public Map<String, Object> properties() {
      Map<String, Object> properties = new LinkedHashMap<>();
      properties.put("title", title);
      properties.put("region", region);
      properties.put("view", "timeSeries");
      properties.put("stacked", false);
      properties.put("period", period);
      properties.put("yAxis", Map.of("left", Map.of("min", 0, "label", unit, "showUnits", false)));
      properties.put("metrics", series.stream().map(Series::entry).toList());
      return properties;
    }
  }

  /**
   * The states of alarms.
   *
   * @param title what it is called
   * @param arns of the alarms, at most 100
   */
  record Alarms(String title, List<String> arns) implements Widget {
    public Alarms {
      arns = List.copyOf(arns);
    }

    @Override
    public String type() {
      return "alarm";
    }

    @Override
    public Map<String, Object> properties() {
      return Map.of("title", title, "alarms", arns);
    }
  }
}
