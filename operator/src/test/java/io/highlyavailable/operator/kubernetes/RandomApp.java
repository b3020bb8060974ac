package io.highlyavailable.operator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.component.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A valid app made of random parts of the golden cases: blocks left out, numbers drawn anew.
 *
 * @param seed says which; the same seed is the same app
 */
record RandomApp(long seed) {
  private static final List<String> SOURCES =
      List.of("full", "pod-template", "ingress-annotations", "memory-scaling", "required-spread");

  HighlyAvailableApp resource() {
    Random random = new Random(seed);
    ObjectNode spec = Serialization.jsonMapper().createObjectNode();
    spec.put("image", "ghcr.io/acme/shop:" + random.nextInt(1000));
    for (String source : SOURCES) {
      JsonNode part =
          Serialization.jsonMapper().valueToTree(GoldenCase.named(source).resource().getSpec());
      part.properties()
          .forEach(
              field -> {
                if (random.nextInt(3) == 0 && !field.getKey().equals("image")) {
                  spec.set(field.getKey(), thinned(field.getValue(), random));
                }
              });
    }
    if (random.nextBoolean()) {
      spec.remove("scaling");
      spec.put("replicas", 3 + random.nextInt(20));
    }
    if (spec.get("scaling") instanceof ObjectNode scaling) {
      // Above every maxUnavailable of the sources, as the CRD asks for.
      scaling.put("minReplicas", 3);
    }
    HighlyAvailableApp resource = GoldenCase.named("minimal").resource();
    resource.setSpec(Serialization.jsonMapper().convertValue(spec, resource.getSpec().getClass()));
    return resource;
  }

  /** Leaves out optional scalars and items of lists at random. */
  private static JsonNode thinned(JsonNode value, Random random) {
    if (value instanceof ArrayNode list && !list.isEmpty() && random.nextInt(4) == 0) {
      list.remove(random.nextInt(list.size()));
    }
    return value;
  }

  WorkloadInputs inputs() {
    List<Binding> bindings = new ArrayList<>(GoldenCase.named("quickstart").inputs().bindings());
    Random random = new Random(seed);
    bindings.removeIf(_ -> random.nextBoolean());
    return new WorkloadInputs(bindings, random.nextBoolean() ? "arn:aws:iam::1:role/x" : null);
  }
}
