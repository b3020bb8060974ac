package io.highlyavailable.operator.component.accessentry;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.AwsWorld;
import io.highlyavailable.operator.component.Clusters;
import io.highlyavailable.operator.component.cluster.ClusterModule;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.role.InstanceRoleModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.network.Network;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** It has no field that could drift: EKS changes neither its role nor its type. */
class AccessEntryAdapterTest extends AdapterContract<AccessEntryDesired, AccessEntry> {
  AccessEntryAdapterTest() {
    super(
        new AccessEntryModule(),
        List.of(new ClusterModule(new NetworkModule()), InstanceRoleModule.ofNodes()));
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
  protected Map<String, Consumer<AccessEntry>> drifts() {
    return Map.of();
  }

  @Test
  void letsTheRoleJoinAsANode() {
    create();
    var entry =
        clients
            .eks()
            .describeAccessEntry(it -> it.clusterName(Clusters.NAME).principalArn(name()))
            .accessEntry();
    assertThat(entry.type()).isEqualTo("EC2_LINUX");
    assertThat(entry.kubernetesGroups()).containsExactly("system:nodes");
    assertThat(name()).endsWith(":role/highlyavailableapp/" + app.resourceName() + "-node");
  }

  @Test
  void isNotLookedForWithoutTheNameOfACluster() {
    var nowhere =
        new AccessEntryModule()
            .adapter(new AwsWorld(world.emulator(), network).clients("nowhere", CallListener.NONE));
    assertThat(nowhere.list().namesOnly()).isEmpty();
    assertThat(nowhere.find(name())).isEmpty();
  }
}
