package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {
  private static final Place SPOT =
      new Place(
          "node-1",
          "a",
          true,
          Map.of("pool", "spot", "cpus", "16"),
          List.of(new Taint("NoSchedule", "spot", null, "yes")));
  private static final Place PLAIN = new Place("node-2", "b", true, Map.of(), List.of());

  @Test
  void withoutATemplateAllButTaintedNodesWillDo() {
    Placement placement = Placement.of(Map.of());
    assertThat(placement.allows(PLAIN)).isTrue();
    assertThat(placement.allows(SPOT)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {tolerations: [{operator: Exists}]} | true
          {tolerations: [{key: spot, operator: Exists}]} | true
          {tolerations: [{key: spot, value: "yes"}]} | true
          {tolerations: [{key: spot, value: "yes", effect: NoSchedule}]} | true
          {tolerations: [{key: spot, value: "no"}]} | false
          {tolerations: [{key: spot, operator: Exists, effect: NoExecute}]} | false
          {tolerations: [{key: other, operator: Exists}]} | false
          """)
  void taintsNeedATolerationThatMatches(String spec, boolean allowed) {
    assertThat(placement(spec).allows(SPOT)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {nodeSelector: {pool: spot}} | true
          {nodeSelector: {pool: gpu}} | false
          [{matchExpressions: [{key: pool, operator: In, values: [spot, gpu]}]}] | true
          [{matchExpressions: [{key: pool, operator: NotIn, values: [spot]}]}] | false
          [{matchExpressions: [{key: gone, operator: NotIn, values: [spot]}]}] | true
          [{matchExpressions: [{key: pool, operator: Exists}]}] | true
          [{matchExpressions: [{key: pool, operator: DoesNotExist}]}] | false
          [{matchExpressions: [{key: cpus, operator: Gt, values: ["8"]}]}] | true
          [{matchExpressions: [{key: cpus, operator: Lt, values: ["8"]}]}] | false
          [{matchFields: [{key: metadata.name, operator: In, values: [node-2]}]}] | false
          [{matchExpressions: [{key: pool, operator: In, values: [gpu]}]}, {matchExpressions: [{key: cpus, operator: Exists}]}] | true
          """)
  void selectorsAndRequiredAffinityMustBeMet(String terms, boolean allowed) {
    String spec =
        terms.startsWith("[")
            ? "{affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                + " {nodeSelectorTerms: "
                + terms
                + "}}}, tolerations: [{operator: Exists}]}"
            : "{tolerations: [{operator: Exists}], " + terms.substring(1);
    assertThat(placement(spec).allows(SPOT)).isEqualTo(allowed);
  }

  @SuppressWarnings("unchecked")
  private static Placement placement(String spec) {
    return Placement.of((Map<String, Object>) Serialization.unmarshal("spec: " + spec, Map.class));
  }
}
