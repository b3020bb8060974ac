package io.highlyavailable.testbed.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** What a cluster with a real node has that a bare control plane does not. */
final class NodeObjects {
  private NodeObjects() {}

  /** Creates them where they are not there. */
  static void create(KubernetesClient client, int apiServerPort) {
    for (HasMetadata object : List.of(kubeletAccess(), apiServer(apiServerPort))) {
      client.resource(object).serverSideApply();
    }
  }

  /** The kubelet asks whether the API server may read logs and exec. */
  private static HasMetadata kubeletAccess() {
    return new ClusterRoleBindingBuilder()
        .withNewMetadata()
        .withName(NativeFiles.KUBELET_CLIENT)
        .endMetadata()
        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "system:kubelet-api-admin")
        .withSubjects(
            new Subject("rbac.authorization.k8s.io", "User", NativeFiles.KUBELET_CLIENT, null))
        .build();
  }

  /** The API server itself may not say this: it listens on 127.0.0.1. */
  private static HasMetadata apiServer(int port) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withName("kubernetes")
        .withNamespace("default")
        .addToLabels("kubernetes.io/service-name", "kubernetes")
        .endMetadata()
        .withAddressType("IPv4")
        .addNewEndpoint()
        .withAddresses(NodeNetwork.ADDRESS)
        .withNewConditions()
        .withReady(true)
        .endConditions()
        .endEndpoint()
        .addNewPort()
        .withName("https")
        .withPort(port)
        .withProtocol("TCP")
        .endPort()
        .build();
  }
}
