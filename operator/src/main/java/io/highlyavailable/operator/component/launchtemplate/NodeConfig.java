package io.highlyavailable.operator.component.launchtemplate;

import io.highlyavailable.operator.component.Nodes;
import io.highlyavailable.operator.component.cluster.Cluster;
import io.highlyavailable.operator.model.App;

/**
 * The user data of a worker node: the configuration with which nodeadm joins it to the cluster
 * ("AL2023 nodes" in EKS's guide, and nodeadm's API {@code node.eks.aws/v1alpha1}). Nothing in it
 * is secret: a node proves who it is with its role.
 */
final class NodeConfig {
  /**
   * How long pods have when EC2 stops their node, and how long of that is the system's own: longer
   * than pods of an app need to drain and end.
   */
  private static final int GRACE_SECONDS = 180;

  private static final int SYSTEM_SECONDS = 30;

  private static final String TEMPLATE =
      """
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary="//"

      --//
      Content-Type: application/node.eks.aws

      apiVersion: node.eks.aws/v1alpha1
      kind: NodeConfig
      spec:
        cluster:
          name: %s
          apiServerEndpoint: %s
          certificateAuthority: %s
          cidr: %s
        kubelet:
          config:
            shutdownGracePeriod: %ds
            shutdownGracePeriodCriticalPods: %ds
          flags:
          - --node-labels=%s=%s

      --//--
      """;

  private NodeConfig() {}

  static String of(App app, Cluster cluster) {
    return TEMPLATE.formatted(
        cluster.name(),
        cluster.endpoint(),
        cluster.certificateAuthority(),
        cluster.serviceCidr(),
        GRACE_SECONDS,
        SYSTEM_SECONDS,
        Nodes.LABEL,
        Nodes.resource(app));
  }
}
