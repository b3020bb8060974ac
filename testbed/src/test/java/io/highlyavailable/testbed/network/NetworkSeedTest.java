package io.highlyavailable.testbed.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.junit.WithTestbed;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;

@WithTestbed
class NetworkSeedTest {

  @Test
  void hasAPrivateAndAPublicSubnetInEachZone(AwsEmulator aws, Network network) {
    try (Ec2Client ec2 = aws.configure(Ec2Client.builder()).build()) {
      var privateSubnets =
          ec2.describeSubnets(r -> r.subnetIds(network.privateSubnetIds())).subnets();
      var publicSubnets =
          ec2.describeSubnets(r -> r.subnetIds(network.publicSubnetIds())).subnets();

      assertThat(privateSubnets)
          .extracting(Subnet::availabilityZone)
          .containsExactlyInAnyOrder("us-east-1a", "us-east-1b", "us-east-1c");
      assertThat(privateSubnets)
          .allMatch(
              s ->
                  s.tags().stream()
                      .anyMatch(t -> t.key().equals("kubernetes.io/role/internal-elb")));
      assertThat(publicSubnets)
          .hasSize(3)
          .allMatch(s -> s.tags().stream().anyMatch(t -> t.key().equals("kubernetes.io/role/elb")));
    }
  }

  @Test
  void isFoundAgain(AwsEmulator aws) {
    Network first = NetworkSeed.ensure(aws.endpoint(), "us-east-1", "again");

    assertThat(NetworkSeed.ensure(aws.endpoint(), "us-east-1", "again")).isEqualTo(first);
    assertThat(NetworkSeed.ensure(aws.endpoint(), "us-east-1", "other").vpcId())
        .isNotEqualTo(first.vpcId());
  }
}
