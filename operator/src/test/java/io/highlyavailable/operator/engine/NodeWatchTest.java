package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.highlyavailable.operator.kubernetes.Places;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeWatchTest {
  @Test
  void aZoneIsUsableWithANodeThatIsReadyAndTakesPods() {
    Places places =
        NodeWatch.places(
            List.of(
                node("a-1", "a", "False"),
                node("a-2", "a", "True"),
                node("b-1", "b", "Unknown"),
                node("c-1", "c", "True")
                    .edit()
                    .editSpec()
                    .withUnschedulable(true)
                    .endSpec()
                    .build(),
                node("d-1", "d", "True")
                    .edit()
                    .editSpec()
                    .addNewTaint("NoExecute", "node.kubernetes.io/unreachable", null, null)
                    .endSpec()
                    .build(),
                node("e-1", "e", "True")
                    .edit()
                    .editSpec()
                    .addNewTaint("NoSchedule", "dedicated", null, "shop")
                    .endSpec()
                    .build()));
    assertThat(places.known()).isTrue();
    assertThat(places.usable()).containsExactly("a", "e");
    assertThat(places.places()).hasSize(6);
    assertThat(places.zone("c-1")).isEqualTo("c");
  }

  @Test
  void nodesWithoutAZoneAreInNone() {
    Node bare = node("x", "a", "True").edit().editMetadata().withLabels(null).endMetadata().build();
    assertThat(NodeWatch.places(List.of(bare)).places()).isEmpty();
  }

  private static Node node(String name, String zone, String ready) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels(Places.ZONE, zone)
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready)
        .endCondition()
        .endStatus()
        .build();
  }
}
