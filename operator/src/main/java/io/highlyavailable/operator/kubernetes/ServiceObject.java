package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.highlyavailable.operator.model.App;

/** The address of the app inside the cluster, and what the load balancer finds its pods by. */
final class ServiceObject {
  static final int PORT = 80;

  private ServiceObject() {}

  static Service of(App app) {
    return new ServiceBuilder()
        .withMetadata(AppMetadata.of(app))
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(AppMetadata.selector(app))
        .addNewPort()
        .withName(PodObject.PORT_NAME)
        .withPort(PORT)
        .withTargetPort(new IntOrString(PodObject.PORT_NAME))
        .withProtocol("TCP")
        .endPort()
        .endSpec()
        .build();
  }
}
