package io.highlyavailable.operator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether an object on the server is as its last apply would make it, without asking the
 * server. Fields that we do not apply are not looked at: the server fills them in, an autoscaler or
 * a person may own them. Where the server cannot merge (atomic lists and maps) nothing may be added
 * either, except the defaults that it fills in there.
 */
public final class ObjectMatch {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Maps that the server replaces as a whole, by Kubernetes' schema. */
  private static final Set<String> ATOMIC_MAPS =
      Set.of(
          "selector",
          "podSelector",
          "namespaceSelector",
          "labelSelector",
          "nodeSelector",
          "scaleTargetRef",
          "secretKeyRef",
          "configMapKeyRef",
          "fieldRef",
          "resourceFieldRef");

  private final String kind;

  private ObjectMatch(String kind) {
    this.kind = kind;
  }

  /**
   * Whether applying would change nothing.
   *
   * @param desired an object of {@link AppObjects} or {@link MasterSecret}
   * @param observed what the server has under that name
   */
  public static boolean holds(HasMetadata desired, HasMetadata observed) {
    Optional<String> hash = AppliedHash.read(desired);
    if (hash.isEmpty() || !hash.equals(AppliedHash.read(observed))) {
      return false;
    }
    return new ObjectMatch(desired.getKind()).map(tree(desired), tree(observed), false);
  }

  private static ObjectNode tree(HasMetadata object) {
    ObjectNode tree = MAPPER.valueToTree(object);
    tree.remove("status");
    if (tree.remove("stringData") instanceof ObjectNode texts) {
      ObjectNode data = tree.withObject("/data");
      texts.properties().forEach(entry -> data.put(entry.getKey(), encode(entry.getValue())));
    }
    return tree;
  }

  private static String encode(JsonNode text) {
    return Base64.getEncoder().encodeToString(text.asText().getBytes(StandardCharsets.UTF_8));
  }

  private boolean map(JsonNode desired, JsonNode observed, boolean exact) {
    for (Map.Entry<String, JsonNode> entry : desired.properties()) {
      String field = entry.getKey();
      JsonNode actual = observed.get(field);
      boolean same =
          actual == null || actual.isNull()
              ? ServerDefaults.omits(field, entry.getValue())
              : value(field, entry.getValue(), actual, exact);
      if (!same) {
        return false;
      }
    }
    return !exact || nothingAdded(desired, observed);
  }

  private static boolean nothingAdded(JsonNode desired, JsonNode observed) {
    for (Map.Entry<String, JsonNode> entry : observed.properties()) {
      if (!desired.has(entry.getKey())
          && !ServerDefaults.fillsIn(entry.getKey(), entry.getValue())) {
        return false;
      }
    }
    return true;
  }

  private boolean value(String field, JsonNode desired, JsonNode observed, boolean exact) {
    if (desired.isObject()) {
      return observed.isObject()
          && (ServerDefaults.QUANTITY_MAPS.contains(field)
              ? quantities(desired, observed)
              : map(desired, observed, exact || ATOMIC_MAPS.contains(field)));
    }
    if (desired.isArray()) {
      Optional<MergeKey> key = MergeKey.of(kind, field);
      return observed.isArray()
          && (key.isPresent() && !exact
              ? keyed(key.get(), desired, observed)
              : atomic(field, desired, observed));
    }
    return ServerDefaults.same(field, desired, observed);
  }

  private static boolean quantities(JsonNode desired, JsonNode observed) {
    return desired.properties().stream()
        .allMatch(
            entry ->
                observed.has(entry.getKey())
                    && ServerDefaults.sameAmount(entry.getValue(), observed.get(entry.getKey())));
  }

  private boolean atomic(String field, JsonNode desired, JsonNode observed) {
    if (desired.size() != observed.size()) {
      return false;
    }
    for (int i = 0; i < desired.size(); i++) {
      if (!value(field, desired.get(i), observed.get(i), true)) {
        return false;
      }
    }
    return true;
  }

  private boolean keyed(MergeKey key, JsonNode desired, JsonNode observed) {
    for (JsonNode item : desired) {
      List<JsonNode> found = find(key, observed, item);
      // A second item of the same key would hide ours: the last variable of a name wins.
      if (found.size() != 1 || !map(item, found.getFirst(), false)) {
        return false;
      }
    }
    return true;
  }

  private static List<JsonNode> find(MergeKey key, JsonNode items, JsonNode wanted) {
    List<JsonNode> found = new ArrayList<>(1);
    for (JsonNode item : items) {
      if (key.same(wanted, item)) {
        found.add(item);
      }
    }
    return found;
  }
}
