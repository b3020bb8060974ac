package io.highlyavailable.operator.component;

import io.highlyavailable.operator.model.NodeGroupSettings;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.network.Network;
import java.util.List;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AuthenticationMode;

/** A cluster of EKS's, and apps that have nodes in it, for tests. */
public final class Clusters {
  /** Its name. */
  public static final String NAME = "prod";

  /** As by default. */
  public static final NodeGroupSettings SETTINGS =
      new NodeGroupSettings(List.of("m7g.large"), 3, 9);

  private Clusters() {}

  /** The emulated account with the cluster in it, and an operator that knows its name. */
  public static AwsWorld world(AwsEmulator emulator, Network network) {
    try (EksClient eks = emulator.configure(EksClient.builder()).build()) {
      ensure(eks, NAME, network);
    }
    return new AwsWorld(emulator, network, NAME);
  }

  /** Makes a cluster that takes access entries, unless it is there. */
  public static void ensure(EksClient eks, String name, Network network) {
    if (eks.listClusters().clusters().contains(name)) {
      return;
    }
    eks.createCluster(
        it ->
            it.name(name)
                .version("1.35")
                .roleArn("arn:aws:iam::123456789012:role/cluster")
                .accessConfig(access -> access.authenticationMode(AuthenticationMode.API))
                .resourcesVpcConfig(vpc -> vpc.subnetIds(network.privateSubnetIds())));
  }

  /** An app that no other test has, with nodes and without data. */
  public static SampleApp withoutData() {
    return SampleApp.unique()
        .nodes(SETTINGS)
        .database(null)
        .sessionStore(null)
        .bucket(null)
        .alarms(false);
  }
}
