package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.network.NetworkSeed;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.VpcConfigResponse;

/**
 * Source: CreateCluster, DescribeCluster and VpcConfigResponse in the EKS API reference; "View
 * Amazon EKS security group requirements for clusters" in its user guide.
 */
class EksContractTest extends EmulatorTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/cluster";

  private final EksClient eks = client(EksClient.builder());
  private final Ec2Client ec2 = client(Ec2Client.builder());

  private void create(String name, List<String> subnets) {
    eks.createCluster(
        b -> b.name(name).roleArn(ROLE).resourcesVpcConfig(vpc -> vpc.subnetIds(subnets)));
  }

  @Test
  void describeClusterTellsTheVpcOfItsSubnetsAndAGroupOfItsOwn() {
    Network network = NetworkSeed.ensure(emulator().endpoint(), "us-east-1", "test");
    create("prod", network.privateSubnetIds());

    VpcConfigResponse found =
        eks.describeCluster(b -> b.name("prod")).cluster().resourcesVpcConfig();

    assertThat(found.vpcId()).isEqualTo(network.vpcId());
    assertThat(found.subnetIds()).containsExactlyElementsOf(network.privateSubnetIds());
    SecurityGroup group =
        ec2.describeSecurityGroups(b -> b.groupIds(found.clusterSecurityGroupId()))
            .securityGroups()
            .getFirst();
    assertThat(group.vpcId()).isEqualTo(network.vpcId());
    assertThat(group.groupName()).startsWith("eks-cluster-sg-prod-");
    assertThat(group.tags())
        .anySatisfy(
            tag -> {
              assertThat(tag.key()).isEqualTo("kubernetes.io/cluster/prod");
              assertThat(tag.value()).isEqualTo("owned");
            });
    assertThat(emulator().calls().mutations(0))
        .extracting(Call::operation)
        .contains("CreateCluster")
        .doesNotContain("DescribeCluster");
  }

  @Test
  void describeClusterRefusesAnUnknownOne() {
    refused("ResourceNotFoundException", () -> eks.describeCluster(b -> b.name("prod")));
    assertThat(emulator().calls().since(0))
        .anySatisfy(
            call -> {
              assertThat(call.operation()).isEqualTo("DescribeCluster");
              assertThat(call.error()).isEqualTo("ResourceNotFoundException");
            });
  }

  @Test
  void createClusterRefusesSubnetsInOneZone() {
    Network network = NetworkSeed.ensure(emulator().endpoint(), "us-east-1", "test");
    refused(
        "InvalidParameterException",
        () -> create("prod", List.of(network.privateSubnetIds().getFirst())));
  }

  @Test
  void aDeniedCallHasAnErrorInTheServicesFormat() {
    emulator().faults().on("eks", "DescribeCluster").error("AccessDeniedException", 403, "no");
    refused("AccessDeniedException", () -> eks.describeCluster(b -> b.name("prod")));
  }
}
