package io.highlyavailable.operator.install;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.operator.chart.Helm;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.alb.LoadBalancerController;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.aws.CallLog;
import io.highlyavailable.testbed.cluster.ContainerNode;
import io.highlyavailable.testbed.network.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster and an account of AWS, where nobody has installed anything yet. */
final class Site implements AutoCloseable {
  static final String CLUSTER_ID = "install";

  /** The namespace of the apps. */
  static final String APPS = "shop";

  /** The access key id of the operator's calls. */
  static final String OPERATOR = "operator";

  private static final String VALUES =
      """
      clusterId: %s
      aws:
        region: %s
        endpointUrl: %s
        vpcId: %s
        clientSecurityGroupIds: [%s]
        oidcProviderArn: arn:aws:iam::%s:oidc-provider/oidc.example.com/id/INSTALL
      polling: {fast: 500ms, slow: 1500ms, auditInterval: 500ms, settleWindow: 4s}
      extraEnv:
      - {name: AWS_ACCESS_KEY_ID, value: %s}
      - {name: AWS_SECRET_ACCESS_KEY, value: testing}
      - {name: AWS_EC2_METADATA_DISABLED, value: "true"}
      """;

  private static final String PLACEMENT =
      """
      nodeSelector: {%1$s: "true"}
      tolerations:
      - {key: %1$s, operator: Exists, effect: NoSchedule}
      """
          .formatted(ContainerNode.MARK);

  private final Testbed testbed;
  private final Helm helm;
  private final Path values;
  private final LoadBalancerController controller;

  /**
   * Starts all of it.
   *
   * @param directory an empty one, for Helm's configuration and the chart's values
   */
  Site(Testbed testbed, Path directory) {
    this.testbed = testbed;
    this.helm =
        new Helm(
            testbed.toolchain(),
            directory,
            Map.of("KUBECONFIG", testbed.cluster().kubeconfig().toString()));
    Network network = testbed.network();
    this.values = write(directory.resolve("values.yaml"), valuesFor(network));
    this.controller =
        LoadBalancerController.start(
            testbed.cluster().kubeconfig(),
            testbed.aws().endpoint(),
            AwsEmulator.REGION,
            network.vpcId(),
            CLUSTER_ID);
    List.of(Helm.NAMESPACE, APPS).forEach(this::createNamespace);
  }

  private String valuesFor(Network network) {
    URI endpoint = testbed.aws().endpoint();
    Optional<ContainerNode> containers = testbed.containers();
    String common =
        VALUES.formatted(
            CLUSTER_ID,
            AwsEmulator.REGION.id(),
            containers.map(node -> node.forPods(endpoint)).orElse(endpoint),
            network.vpcId(),
            network.clusterSecurityGroupId(),
            AwsEmulator.ACCOUNT,
            OPERATOR);
    return containers.isPresent() ? common + PLACEMENT : common;
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void createNamespace(String name) {
    client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
  }

  Testbed testbed() {
    return testbed;
  }

  /** Of a cluster administrator. */
  KubernetesClient client() {
    return testbed.cluster().client();
  }

  /** The node that the operator's pods run on. */
  ContainerNode node() {
    return testbed
        .containers()
        .orElseThrow(() -> new IllegalStateException("all nodes of this cluster are fake"));
  }

  AwsEmulator aws() {
    return testbed.aws();
  }

  /** The operator's calls to AWS. */
  CallLog calls() {
    return aws().calls().by(OPERATOR);
  }

  Helm helm() {
    return helm;
  }

  /** Installs or upgrades the chart with the values of this site and these options. */
  Helm.Result install(String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "--values";
    all[1] = values.toString();
    System.arraycopy(options, 0, all, 2, options.length);
    return helm.upgrade(Helm.RELEASE, Helm.NAMESPACE, all);
  }

  @Override
  public void close() {
    controller.close();
    testbed.close();
  }
}
