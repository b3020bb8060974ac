package io.highlyavailable.operator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields by which the API server tells the items of a list apart ({@code
 * x-kubernetes-list-map-keys} of Kubernetes' own schema). Lists without are atomic: whoever applies
 * one owns all of it.
 *
 * @param fields the keys, never empty
 */
record MergeKey(List<String> fields) {
  private static final MergeKey NAME = new MergeKey(List.of("name"));

  /** The same in every kind we render. */
  private static final Map<String, MergeKey> EVERYWHERE =
      Map.of("ownerReferences", new MergeKey(List.of("uid")));

  private static final Map<String, MergeKey> SERVICE =
      Map.of("ports", new MergeKey(List.of("port", "protocol")));

  private static final Map<String, MergeKey> DEPLOYMENT =
      Map.ofEntries(
          Map.entry("containers", NAME),
          Map.entry("initContainers", NAME),
          Map.entry("env", NAME),
          Map.entry("volumes", NAME),
          Map.entry("imagePullSecrets", NAME),
          Map.entry("resourceClaims", NAME),
          Map.entry("claims", NAME),
          Map.entry("schedulingGates", NAME),
          Map.entry("ports", new MergeKey(List.of("containerPort", "protocol"))),
          Map.entry("volumeMounts", new MergeKey(List.of("mountPath"))),
          Map.entry("volumeDevices", new MergeKey(List.of("devicePath"))),
          Map.entry("hostAliases", new MergeKey(List.of("ip"))),
          Map.entry(
              "topologySpreadConstraints",
              new MergeKey(List.of("topologyKey", "whenUnsatisfiable"))));

  /** The key of a list field in objects of a kind; empty for an atomic list. */
  static Optional<MergeKey> of(String kind, String field) {
    MergeKey everywhere = EVERYWHERE.get(field);
    if (everywhere != null) {
      return Optional.of(everywhere);
    }
    return switch (kind) {
      case "Deployment" -> Optional.ofNullable(DEPLOYMENT.get(field));
      case "Service" -> Optional.ofNullable(SERVICE.get(field));
      default -> Optional.empty();
    };
  }

  /** Whether two items have the same key. The only key field with a default is the protocol. */
  boolean same(JsonNode left, JsonNode right) {
    return fields.stream().allMatch(field -> part(field, left).equals(part(field, right)));
  }

  private static String part(String field, JsonNode item) {
    return item.path(field).asText(field.equals("protocol") ? "TCP" : "");
  }
}
