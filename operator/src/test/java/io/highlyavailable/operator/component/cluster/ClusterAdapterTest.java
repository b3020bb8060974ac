package io.highlyavailable.operator.component.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AwsWorld;
import io.highlyavailable.operator.component.Clusters;
import io.highlyavailable.operator.component.ReadOnlyContract;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.network.Network;
import org.junit.jupiter.api.Test;

class ClusterAdapterTest extends ReadOnlyContract<ClusterDesired, Cluster> {
  ClusterAdapterTest() {
    super(new ClusterModule(new NetworkModule()));
  }

  @Override
  protected AwsWorld world(AwsEmulator emulator, Network network) {
    return Clusters.world(emulator, network);
  }

  @Test
  void knowsWhatNodesHaveToKnow() {
    Cluster found = adapter.find(Clusters.NAME).orElseThrow();
    assertThat(found.id()).isEqualTo("arn:aws:eks:us-east-1:123456789012:cluster/prod");
    assertThat(found.state()).isEqualTo(Cluster.ACTIVE);
    assertThat(found.version()).isEqualTo("1.35");
    assertThat(found.endpoint()).startsWith("https://");
    assertThat(found.certificateAuthority()).isNotEmpty();
    assertThat(found.serviceCidr()).isEqualTo("172.20.0.0/16");
    assertThat(found.securityGroupId()).startsWith("sg-");
    assertThat(found.privateSubnetIds())
        .containsExactlyInAnyOrderElementsOf(network.privateSubnetIds());
    assertThat(adapter.list().rows()).containsExactly(found);
  }

  /** Others of the same account are nobody's business. */
  @Test
  void findsNoOtherCluster() {
    assertThat(adapter.find("another")).isEmpty();
  }
}
