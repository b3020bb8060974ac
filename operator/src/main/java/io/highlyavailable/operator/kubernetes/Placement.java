package io.highlyavailable.operator.kubernetes;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * On which nodes a user's podTemplate lets pods run: node selector, required node affinity and
 * tolerations, as the scheduler reads them.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/">Assigning
 *     pods to nodes</a>
 */
final class Placement {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private final PodSpec pod;

  private Placement(PodSpec pod) {
    this.pod = pod;
  }

  /** As a podTemplate says; an empty one says nothing. */
  static Placement of(Map<String, Object> podTemplate) {
    return new Placement(
        podTemplate.get("spec") instanceof Map<?, ?> spec
            ? MAPPER.convertValue(spec, PodSpec.class)
            : new PodSpec());
  }

  boolean allows(Place node) {
    return selected(node) && attracted(node) && node.taints().stream().allMatch(this::tolerated);
  }

  private boolean selected(Place node) {
    return pod.getNodeSelector() == null
        || node.labels().entrySet().containsAll(pod.getNodeSelector().entrySet());
  }

  private boolean attracted(Place node) {
    if (pod.getAffinity() == null
        || pod.getAffinity().getNodeAffinity() == null
        || pod.getAffinity().getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution()
            == null) {
      return true;
    }
    List<NodeSelectorTerm> terms =
        pod.getAffinity()
            .getNodeAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .getNodeSelectorTerms();
    return terms.stream().anyMatch(term -> meets(node, term));
  }

  private static boolean meets(Place node, NodeSelectorTerm term) {
    boolean named =
        term.getMatchFields().stream()
            .filter(field -> "metadata.name".equals(field.getKey()))
            .allMatch(field -> meets(node.node(), field));
    return named
        && term.getMatchExpressions().stream()
            .allMatch(expression -> meets(node.labels().get(expression.getKey()), expression));
  }

  private static boolean meets(@Nullable String value, NodeSelectorRequirement expression) {
    List<String> values = expression.getValues();
    return switch (expression.getOperator()) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "Gt" -> number(value) && Long.parseLong(value) > Long.parseLong(values.getFirst());
      case "Lt" -> number(value) && Long.parseLong(value) < Long.parseLong(values.getFirst());
      default -> false;
    };
  }

  private static boolean number(@Nullable String value) {
    return value != null && value.matches("-?\\d{1,18}");
  }

  private boolean tolerated(Taint taint) {
    return "PreferNoSchedule".equals(taint.getEffect())
        || pod.getTolerations() != null
            && pod.getTolerations().stream().anyMatch(given -> tolerates(given, taint));
  }

  private static boolean tolerates(Toleration given, Taint taint) {
    boolean anyKey = given.getKey() == null || given.getKey().isEmpty();
    boolean anyEffect = given.getEffect() == null || given.getEffect().isEmpty();
    boolean anyValue = "Exists".equals(given.getOperator());
    return (anyKey ? anyValue : given.getKey().equals(taint.getKey()))
        && (anyEffect || given.getEffect().equals(taint.getEffect()))
        && (anyValue || text(given.getValue()).equals(text(taint.getValue())));
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }
}
