package io.highlyavailable.operator.component.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.AwsClientFactory;
import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.ReadOnlyContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.network.NetworkSeed;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;

class NetworkAdapterTest extends ReadOnlyContract<NetworkDesired, Network> {
  NetworkAdapterTest() {
    super(new NetworkModule());
  }

  @Test
  void listsTheVpcWithItsSubnetsByRole() {
    Network found =
        adapter.list().rows().stream()
            .filter(row -> row.name().equals(network.vpcId()))
            .findFirst()
            .orElseThrow();
    assertThat(found.privateSubnets(SampleApp.unique().build()))
        .extracting(Subnet::id)
        .containsExactlyInAnyOrderElementsOf(network.privateSubnetIds());
    assertThat(found.subnets())
        .filteredOn(Subnet::forPublic)
        .extracting(Subnet::id)
        .containsExactlyInAnyOrderElementsOf(network.publicSubnetIds());
    assertThat(found.id()).isEqualTo("arn:aws:ec2:us-east-1:123456789012:vpc/" + network.vpcId());
  }

  /** As the AWS Load Balancer Controller does; without the cluster's name nobody can tell. */
  @Test
  void passesOverSubnetsOfOtherClustersOnly() {
    String region = AwsEmulator.REGION.id();
    var shared = NetworkSeed.ensure(emulator.endpoint(), region, "cluster-tags");
    List<String> subnets = shared.privateSubnetIds();
    try (Ec2Client ec2 = emulator.configure(Ec2Client.builder()).build();
        AwsClientFactory factory = world.factory("cluster-tags", CallListener.NONE, "ours")) {
      tag(ec2, subnets.get(0), "kubernetes.io/cluster/theirs");
      tag(ec2, subnets.get(1), "kubernetes.io/cluster/theirs");
      tag(ec2, subnets.get(1), "kubernetes.io/cluster/ours");
      var named = new NetworkModule().adapter(factory.create(region));
      App app = SampleApp.unique().build();

      assertThat(named.find(shared.vpcId()).orElseThrow().privateSubnets(app))
          .extracting(Subnet::id)
          .containsExactlyInAnyOrderElementsOf(subnets.subList(1, subnets.size()));
      assertThat(adapter.find(shared.vpcId()).orElseThrow().privateSubnets(app))
          .hasSameSizeAs(subnets);
    }
  }

  private static void tag(Ec2Client ec2, String subnet, String key) {
    ec2.createTags(b -> b.resources(subnet).tags(t -> t.key(key).value("shared")));
  }

  @Test
  void findsOneVpcAndNothingWhereThereIsNone() {
    assertThat(adapter.find(network.vpcId())).isPresent();
    assertThat(adapter.find("vpc-00000000000000000")).isEmpty();
  }
}
