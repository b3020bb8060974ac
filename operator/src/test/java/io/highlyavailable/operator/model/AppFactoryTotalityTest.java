package io.highlyavailable.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppSpec;
import io.highlyavailable.operator.kubernetes.AppObjects;
import io.highlyavailable.operator.kubernetes.WorkloadInputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever a resource holds, the factory answers, and what it calls valid can be rendered. */
class AppFactoryTotalityTest {
  private static final int TRIES = 3000;
  private static final AppFactory FACTORY = new AppFactory("prod", "cluster-uid", "eu-west-1");
  private static final ObjectMapper MAPPER = Serialization.jsonMapper();
  private static final List<String> SOURCES =
      List.of("full", "pod-template", "ingress-annotations", "memory-scaling", "required-spread");
  private static final List<String> ODD =
      List.of("", " ", "0", "-1", "app", "http", "binding-x", "1e400", "x,y=z", "ä\u0000");

  @Test
  void answersForAnySpec() {
    long valid =
        IntStream.range(0, TRIES)
            .mapToObj(seed -> answered(new Random(seed)))
            .flatMap(Optional::stream)
            .filter(outcome -> outcome instanceof AppOutcome.Valid)
            .count();
    // Else the tries would say nothing about rendering, or nothing about refusal.
    assertThat(valid).isBetween(TRIES / 20L, TRIES * 19L / 20);
  }

  @Test
  void answersForAnEmptyResource() {
    HighlyAvailableApp resource = new HighlyAvailableApp();
    resource.setMetadata(null);
    resource.setSpec(null);
    assertThat(FACTORY.create(resource, "")).isInstanceOf(AppOutcome.InvalidSpec.class);
  }

  @Test
  void sameInputSameAnswer() {
    for (int seed = 0; seed < 100; seed++) {
      assertThat(answered(new Random(seed))).isEqualTo(answered(new Random(seed)));
    }
  }

  /** Empty when the API's own records refuse to hold it: then it never reaches the factory. */
  private static Optional<AppOutcome> answered(Random random) {
    HighlyAvailableApp resource = new HighlyAvailableApp();
    resource.getMetadata().setName("shop");
    resource.getMetadata().setNamespace("acme");
    ObjectNode spec = spec(SOURCES.get(random.nextInt(SOURCES.size())));
    for (int i = random.nextInt(4); i > 0; i--) {
      spoil(spec, random);
    }
    try {
      resource.setSpec(MAPPER.convertValue(spec, HighlyAvailableAppSpec.class));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    AppOutcome outcome = FACTORY.create(resource, "ns-uid");
    render(outcome);
    return Optional.of(outcome);
  }

  private static void render(AppOutcome outcome) {
    if (outcome instanceof AppOutcome.Valid(App app)) {
      List<HasMetadata> objects = AppObjects.late(app, WorkloadInputs.NONE);
      assertThat(objects).isNotEmpty();
      assertThat(AppObjects.early(app)).isNotEmpty();
    }
  }

  /** Removes, nulls or replaces one node, anywhere. */
  private static void spoil(JsonNode node, Random random) {
    if (node instanceof ArrayNode list && !list.isEmpty()) {
      spoil(list.get(random.nextInt(list.size())), random);
    }
    if (!(node instanceof ObjectNode map) || map.isEmpty()) {
      return;
    }
    List<String> fields = map.properties().stream().map(entry -> entry.getKey()).toList();
    String field = fields.get(random.nextInt(fields.size()));
    switch (random.nextInt(6)) {
      case 0 -> map.remove(field);
      case 1 -> map.set(field, NullNode.instance);
      case 2 -> map.set(field, TextNode.valueOf(ODD.get(random.nextInt(ODD.size()))));
      default -> spoil(map.get(field), random);
    }
  }

  private static ObjectNode spec(String source) {
    try {
      String file =
          Files.readString(Path.of("src/test/resources/golden/kubernetes", source + ".in.yaml"));
      return (ObjectNode)
          Serialization.unmarshal(file.split("(?m)^---$")[0], JsonNode.class).get("spec");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
