package io.highlyavailable.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.highlyavailable.operator.component.AwsWorld;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailure.Kind;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.network.Network;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.EksClient;

@WithTestbed
class EksClusterTest {
  private static final String REGION = AwsEmulator.REGION.id();

  private final AwsEmulator emulator;
  private final Network network;
  private final AwsWorld world;

  EksClusterTest(AwsEmulator emulator, Network network) {
    this.emulator = emulator;
    this.network = network;
    this.world = new AwsWorld(emulator, network);
  }

  @Test
  void tellsTheVpcAndTheSecurityGroupOfTheCluster() {
    try (EksClient eks = emulator.configure(EksClient.builder()).build()) {
      eks.createCluster(
          b ->
              b.name("told")
                  .roleArn("arn:aws:iam::123456789012:role/cluster")
                  .resourcesVpcConfig(vpc -> vpc.subnetIds(network.privateSubnetIds())));
    }
    try (AwsClientFactory factory = world.factory("eks-told", CallListener.NONE, "told")) {
      EksCluster found = factory.eksCluster(REGION);
      assertThat(found.vpcId()).isEqualTo(network.vpcId());
      assertThat(found.securityGroupIds()).singleElement().asString().startsWith("sg-");
    }
  }

  @Test
  void namesTheCallWhenThereIsNoSuchCluster() {
    try (AwsClientFactory factory = world.factory("eks-none", CallListener.NONE, "none")) {
      CloudFailure failure = CloudErrors.classify(catchThrowable(() -> factory.eksCluster(REGION)));
      assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
      assertThat(failure.line()).startsWith("eks:DescribeCluster: ResourceNotFoundException");
    }
  }

  @Test
  void namesThePermissionThatIsMissing() {
    emulator
        .faults()
        .on("eks", "DescribeCluster")
        .caller("eks-denied")
        .error("AccessDeniedException", 403, "no");
    try (AwsClientFactory factory = world.factory("eks-denied", CallListener.NONE, "any")) {
      CloudFailure failure = CloudErrors.classify(catchThrowable(() -> factory.eksCluster(REGION)));
      assertThat(failure.kind()).isEqualTo(Kind.DENIED);
      assertThat(failure.nextStep()).contains("eks:DescribeCluster");
    }
  }
}
