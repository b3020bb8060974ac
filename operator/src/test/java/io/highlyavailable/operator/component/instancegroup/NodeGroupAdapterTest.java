package io.highlyavailable.operator.component.instancegroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.AwsWorld;
import io.highlyavailable.operator.component.Clusters;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.accessentry.AccessEntryModule;
import io.highlyavailable.operator.component.cluster.ClusterModule;
import io.highlyavailable.operator.component.launchtemplate.LaunchTemplateModule;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.role.InstanceRoleModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.network.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

class NodeGroupAdapterTest extends AdapterContract<InstanceGroupDesired, InstanceGroup> {
  private static final String AUTOSCALER = "k8s.io/cluster-autoscaler/enabled";

  NodeGroupAdapterTest() {
    super(
        InstanceGroupModule.ofNodes(),
        List.of(
            new ClusterModule(new NetworkModule()),
            InstanceRoleModule.ofNodes(),
            new AccessEntryModule(),
            LaunchTemplateModule.ofNodes()));
  }

  @Override
  protected AwsWorld world(AwsEmulator emulator, Network network) {
    return Clusters.world(emulator, network);
  }

  @Override
  protected App sample() {
    return Clusters.withoutData().build();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    Map<String, UnaryOperator<App>> changes = new LinkedHashMap<>();
    changes.put("maxSize", setting("nodeGroup", "maxSize", 12));
    changes.put("minSize", setting("nodeGroup", "minSize", 6));
    changes.put(
        "instanceTypes", setting("nodeGroup", "instanceTypes", List.of("m7g.large", "m6g.large")));
    return changes;
  }

  @Override
  protected Map<String, Consumer<InstanceGroup>> drifts() {
    Map<String, Consumer<InstanceGroup>> drifts = new LinkedHashMap<>();
    drifts.put(
        "maxReplicas",
        row ->
            clients
                .autoScaling()
                .updateAutoScalingGroup(it -> it.autoScalingGroupName(row.name()).maxSize(5)));
    drifts.put("tag " + AUTOSCALER, row -> adapter.untag(row, List.of(AUTOSCALER)));
    return drifts;
  }

  @Test
  void nodesAreSpreadOverTheZonesOfTheClusterAndFoundByItsAutoscaler() {
    create();
    InstanceGroup seen = observed().orElseThrow();
    assertThat(seen.zones()).hasSize(3).allSatisfy((zone, count) -> assertThat(count).isOne());
    assertThat(seen.settings().subnetIds())
        .containsExactlyInAnyOrderElementsOf(network.privateSubnetIds());
    assertThat(seen.policies()).isEmpty();
    assertThat(component.readiness(desired, seen)).isEqualTo(new Readiness.Ready());
    assertThat(
            clients
                .autoScaling()
                .describeAutoScalingGroups(it -> it.autoScalingGroupNames(name()))
                .autoScalingGroups()
                .getFirst()
                .tags())
        .filteredOn(tag -> tag.key().contains("k8s.io") || tag.key().contains("kubernetes.io"))
        .allMatch(TagDescription::propagateAtLaunch)
        .extracting(TagDescription::key)
        .contains(AUTOSCALER, "k8s.io/cluster-autoscaler/prod", "kubernetes.io/cluster/prod");
  }

  /** The Cluster Autoscaler's number is not a difference. */
  @Test
  void howManyThereAreBetweenTheBoundsIsForTheAutoscalerToSay() {
    create();
    admin()
        .autoScaling()
        .setDesiredCapacity(it -> it.autoScalingGroupName(name()).desiredCapacity(7));
    assertThat(differences(observed().orElseThrow())).isEmpty();
  }
}
