package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.operator.component.Clusters;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.eks.EksClient;

/** Worker nodes with the operator running: made, put back and deleted. */
@WithRig
class NodeGroupIT {
  private static final String CLUSTER = "nodes";
  private static final String APP =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1.4.2
        nodeGroup: {minSize: 2, maxSize: 4}
      """;

  private final Rig rig;

  NodeGroupIT(Rig rig) {
    this.rig = rig;
  }

  @Test
  void nodesJoinTheClusterAndLeaveWithTheApp(Stage stage) {
    try (EksClient eks = rig.emulator().configure(EksClient.builder()).build();
        AutoScalingClient groups = rig.emulator().configure(AutoScalingClient.builder()).build()) {
      Clusters.ensure(eks, CLUSTER, rig.network());
      stage.operator(stage.ownSettings().with("HAAPP_EKS_CLUSTER", CLUSTER));
      AppRig app = stage.apply(APP).awaitReady();
      assertThat(app.condition("NodesReady").status()).isEqualTo(ConditionStatus.TRUE);
      String name = app.aws().resource() + "-nodes";
      assertThat(group(groups, name).instances()).hasSize(2);
      assertThat(eks.listAccessEntries(it -> it.clusterName(CLUSTER)).accessEntries())
          .singleElement()
          .asString()
          .endsWith("/" + app.aws().resource() + "-node");

      groups.updateAutoScalingGroup(it -> it.autoScalingGroupName(name).maxSize(9));
      app.eventually(() -> assertThat(group(groups, name).maxSize()).isEqualTo(4));
      app.patch("spec: {nodeGroup: {minSize: 3}}");
      app.eventually(() -> assertThat(group(groups, name).minSize()).isEqualTo(3));
      app.awaitReady();

      app.delete();
      app.awaitGone();
      assertThat(groups.describeAutoScalingGroups().autoScalingGroups())
          .noneMatch(group -> group.autoScalingGroupName().equals(name));
      assertThat(eks.listAccessEntries(it -> it.clusterName(CLUSTER)).accessEntries()).isEmpty();
    }
  }

  private static AutoScalingGroup group(AutoScalingClient groups, String name) {
    return groups
        .describeAutoScalingGroups(it -> it.autoScalingGroupNames(name))
        .autoScalingGroups()
        .getFirst();
  }

  @Test
  void saysWhatToConfigureWhileTheClusterIsNotKnown(Stage stage) {
    stage.operator();
    AppRig app = stage.apply(APP);
    app.eventually(
        () -> {
          assertThat(app.condition("NodesReady").status()).isEqualTo(ConditionStatus.FALSE);
          assertThat(app.message("cluster")).contains("the cluster's name in EKS is not known");
          assertThat(app.component("cluster").nextStep()).contains("HAAPP_EKS_CLUSTER");
          assertThat(app.condition("WorkloadReady").status()).isEqualTo(ConditionStatus.TRUE);
        });
    app.patch("spec: {nodeGroup: null}");
    app.awaitReady();
  }
}
