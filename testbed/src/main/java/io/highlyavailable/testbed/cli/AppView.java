package io.highlyavailable.testbed.cli;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a HighlyAvailableApp's status says, as far as the progress shows it.
 *
 * @param name the app's name
 * @param isCurrent whether the status is about the present spec
 * @param phase one word, empty before the first status
 * @param url where the app is served, or empty
 * @param ready the condition Ready
 * @param stalled the condition Stalled
 * @param components its parts in the status's order
 */
record AppView(
    String name,
    boolean isCurrent,
    String phase,
    String url,
    Condition ready,
    Condition stalled,
    List<Component> components) {

  /**
   * A condition; {@code Unknown} when the status has none of its type.
   *
   * @param status True, False or Unknown
   */
  record Condition(String status, String reason, String message) {
    private static final Condition NONE = new Condition("Unknown", "", "");

    boolean isTrue() {
      return status.equals("True");
    }
  }

  /** One entry of {@code status.components}. */
  record Component(
      String name, String kind, String state, boolean ready, String message, String nextStep) {}

  /**
   * Reads a resource whose fields may be missing, as they are before the operator's first write.
   */
  static AppView of(GenericKubernetesResource resource) {
    Map<?, ?> status = map(resource.getAdditionalProperties().get("status"));
    Condition ready = condition(status, "Ready");
    long generation = Objects.requireNonNullElse(resource.getMetadata().getGeneration(), 0L);
    boolean current =
        status.get("observedGeneration") instanceof Number observed
            && observed.longValue() == generation;
    return new AppView(
        resource.getMetadata().getName(),
        current,
        text(status, "phase"),
        text(status, "url"),
        ready,
        condition(status, "Stalled"),
        list(status.get("components")).stream().map(AppView::component).toList());
  }

  /** Whether the app is ready as it is specified now. */
  boolean isReady() {
    return isCurrent && ready.isTrue();
  }

  /** Whether the operator says that it cannot go on without a person. */
  boolean isStalled() {
    return isCurrent && stalled.isTrue();
  }

  /** Whether the app is paused, so that waiting is of no use. */
  boolean isPaused() {
    return isCurrent && phase.equals("Paused");
  }

  private static Component component(Map<?, ?> entry) {
    return new Component(
        text(entry, "name"),
        text(entry, "kind"),
        text(entry, "state"),
        Boolean.TRUE.equals(entry.get("ready")),
        text(entry, "message"),
        text(entry, "nextStep"));
  }

  private static Condition condition(Map<?, ?> status, String type) {
    return list(status.get("conditions")).stream()
        .filter(entry -> type.equals(entry.get("type")))
        .findFirst()
        .map(e -> new Condition(text(e, "status"), text(e, "reason"), text(e, "message")))
        .orElse(Condition.NONE);
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<Map<?, ?>> list(Object value) {
    return value instanceof List<?> list
        ? list.stream().<Map<?, ?>>map(AppView::map).toList()
        : List.of();
  }
}
