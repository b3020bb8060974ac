package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.highlyavailable.operator.engine.NamespaceProtection;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Namespaces are labelled as long as they hold an app whose data is protected. */
@WithRig
class NamespaceProtectionIT {
  private static final String APP =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: %s}
      spec: {image: example.com/shop:1, replicas: 0%s}
      """;

  private static final String DATA =
      ", database: {dynamoDb: {partitionKey: {name: id, type: S}}}, deletionPolicy: Delete";

  private static Map<String, String> labels(Rig rig, Stage stage) {
    return Objects.requireNonNullElse(
        rig.client().namespaces().withName(stage.namespace()).get().getMetadata().getLabels(),
        Map.of());
  }

  @Test
  void labelsTheNamespaceUntilNoAppProtectsItsDataAnyMore(Rig rig, Stage stage) {
    stage.operator();
    AppRig one = stage.apply(APP.formatted("one", DATA));
    one.eventually(
        () -> assertThat(labels(rig, stage)).containsEntry(NamespaceProtection.LABEL, "true"));
    AppRig two = stage.apply(APP.formatted("two", DATA));
    AppRig bare = stage.apply(APP.formatted("bare", ""));
    two.eventually(() -> assertThat(two.component("table").ready()).isTrue());
    bare.eventually(() -> assertThat(bare.status().observedGeneration()).isEqualTo(1L));

    one.patch("spec: {deletionProtection: false}");
    one.eventually(() -> assertThat(one.status().observedGeneration()).isEqualTo(2L));
    assertThat(labels(rig, stage)).as("the other one's").containsKey(NamespaceProtection.LABEL);

    two.patch("spec: {deletionProtection: false}");
    two.eventually(
        () -> assertThat(labels(rig, stage)).doesNotContainKey(NamespaceProtection.LABEL));
    assertThat(labels(rig, stage)).containsKey("kubernetes.io/metadata.name");
  }

  @Test
  void leavesALabelToWhoeverElsePutItThere(Rig rig, Stage stage) {
    rig.client()
        .namespaces()
        .withName(stage.namespace())
        .edit(
            namespace ->
                new NamespaceBuilder(namespace)
                    .editMetadata()
                    .addToLabels(NamespaceProtection.LABEL, "true")
                    .endMetadata()
                    .build());
    stage.operator();
    AppRig bare = stage.apply(APP.formatted("bare", ""));
    bare.eventually(() -> assertThat(bare.status().observedGeneration()).isEqualTo(1L));
    AppRig data = stage.apply(APP.formatted("data", DATA + ", deletionProtection: false"));
    data.eventually(() -> assertThat(data.component("table").ready()).isTrue());
    assertThat(labels(rig, stage)).containsEntry(NamespaceProtection.LABEL, "true");
  }
}
