package io.highlyavailable.operator.component.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.ReadOnlyContract;
import io.highlyavailable.operator.component.SampleApp;
import org.junit.jupiter.api.Test;

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

  @Test
  void findsOneVpcAndNothingWhereThereIsNone() {
    assertThat(adapter.find(network.vpcId())).isPresent();
    assertThat(adapter.find("vpc-00000000000000000")).isEmpty();
  }
}
