package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRuleBuilder;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Exposure;

/**
 * The load balancer, through the AWS Load Balancer Controller. DNS follows from the rule's host by
 * external-dns. Pods wait for the load balancer (readiness gates) where their namespace bears the
 * label {@code elbv2.k8s.aws/pod-readiness-gate-inject=enabled}.
 */
final class IngressObject {
  private IngressObject() {}

  static Ingress of(App app, Exposure exposure) {
    return new IngressBuilder()
        .withMetadata(
            new ObjectMetaBuilder(AppMetadata.of(app))
                .withAnnotations(IngressAnnotations.of(app, exposure))
                .build())
        .withNewSpec()
        .withIngressClassName(exposure.className())
        .withRules(rule(app, exposure))
        .endSpec()
        .build();
  }

  private static IngressRule rule(App app, Exposure exposure) {
    return new IngressRuleBuilder()
        .withHost(exposure.host())
        .withNewHttp()
        .addNewPath()
        .withPath("/")
        .withPathType("Prefix")
        .withNewBackend()
        .withNewService()
        .withName(app.identity().name())
        .withNewPort()
        .withName(PodObject.PORT_NAME)
        .endPort()
        .endService()
        .endBackend()
        .endPath()
        .endHttp()
        .build();
  }
}
