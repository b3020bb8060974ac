package io.highlyavailable.operator.component.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The body of a dashboard, written by a JSON library so that no value can break out of its string.
 *
 * @param widgets each with its place
 */
record Board(List<Placed> widgets) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  Board {
    widgets = List.copyOf(widgets);
  }

  /**
   * A widget and its place on the grid of 24 columns.
   *
   * @param x from the left
   * @param y from the top
   * @param width in columns
   * @param height in rows
   * @param widget what is there
   */
  record Placed(int x, int y, int width, int height, Widget widget) {
    private Map<String, Object> tree() {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("type", widget.type());
      tree.put("x", x);
      tree.put("y", y);
      tree.put("width", width);
      tree.put("height", height);
      tree.put("properties", widget.properties());
      return tree;
    }
  }

  /** Canonical JSON: equal bodies give equal text. The last three hours are shown at first. */
  String json() {
    return write(
        Map.of(
            "start",
            "-PT3H",
            "periodOverride",
            "inherit",
            "widgets",
            widgets.stream().map(Placed::tree).toList()));
  }

  /** Brings a text into the form of {@link #json}; one that is no JSON stays as it is. */
  static String canonical(String text) {
    try {
      return write(JSON.readValue(text, Object.class));
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  /** A body as a tree; an empty one for what is no JSON. */
  static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  private static String write(Object tree) {
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
