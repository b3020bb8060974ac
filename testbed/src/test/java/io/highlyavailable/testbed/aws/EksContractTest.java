package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.network.NetworkSeed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AccessEntry;
import software.amazon.awssdk.services.eks.model.AuthenticationMode;
import software.amazon.awssdk.services.eks.model.VpcConfigResponse;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * Source: CreateAccessEntry, CreateCluster, DescribeCluster and VpcConfigResponse in the EKS API
 * reference; "View Amazon EKS security group requirements for clusters" in its user guide.
 */
class EksContractTest extends EmulatorTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/cluster";

  private final EksClient eks = client(EksClient.builder());
  private final Ec2Client ec2 = client(Ec2Client.builder());
  private final IamClient iam = client(IamClient.builder());

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

  private String clusterThatTakesEntries(AuthenticationMode mode) {
    Network network = NetworkSeed.ensure(emulator().endpoint(), "us-east-1", "test");
    eks.createCluster(
        b ->
            b.name("prod")
                .roleArn(ROLE)
                .accessConfig(access -> access.authenticationMode(mode))
                .resourcesVpcConfig(vpc -> vpc.subnetIds(network.privateSubnetIds())));
    return iam.createRole(b -> b.roleName("node").path("/apps/").assumeRolePolicyDocument("{}"))
        .role()
        .arn();
  }

  @Test
  void anAccessEntryOfNodesLetsTheirRoleInOnce() {
    String role = clusterThatTakesEntries(AuthenticationMode.API);
    AccessEntry made =
        eks.createAccessEntry(
                b ->
                    b.clusterName("prod")
                        .principalArn(role)
                        .type("EC2_LINUX")
                        .tags(Map.of("team", "shop")))
            .accessEntry();

    assertThat(made.accessEntryArn())
        .startsWith("arn:aws:eks:us-east-1:123456789012:access-entry/prod/role/123456789012/node/");
    assertThat(made.kubernetesGroups()).containsExactly("system:nodes");
    eks.tagResource(b -> b.resourceArn(made.accessEntryArn()).tags(Map.of("stage", "prod")));
    eks.untagResource(b -> b.resourceArn(made.accessEntryArn()).tagKeys("team"));
    assertThat(
            eks.describeAccessEntry(b -> b.clusterName("prod").principalArn(role))
                .accessEntry()
                .tags())
        .containsExactly(Map.entry("stage", "prod"));
    assertThat(eks.listAccessEntries(b -> b.clusterName("prod")).accessEntries())
        .containsExactly(role);
    refused(
        "ResourceInUseException",
        () -> eks.createAccessEntry(b -> b.clusterName("prod").principalArn(role)));

    eks.deleteAccessEntry(b -> b.clusterName("prod").principalArn(role));
    refused(
        "ResourceNotFoundException",
        () -> eks.describeAccessEntry(b -> b.clusterName("prod").principalArn(role)));
  }

  @Test
  void anAccessEntryNeedsARoleThatExistsAndAClusterThatTakesEntries() {
    String role = clusterThatTakesEntries(AuthenticationMode.CONFIG_MAP);
    refused(
        "InvalidRequestException",
        () -> eks.createAccessEntry(b -> b.clusterName("prod").principalArn(role)));
    eks.deleteCluster(b -> b.name("prod"));
    iam.deleteRole(b -> b.roleName("node"));
    clusterThatTakesEntries(AuthenticationMode.API);
    refused(
        "InvalidParameterException",
        () -> eks.createAccessEntry(b -> b.clusterName("prod").principalArn(role + "-else")));
  }
}
