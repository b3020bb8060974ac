package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.highlyavailable.operator.model.App;

/**
 * Which traffic reaches the pods: only the app's port, and without an Ingress only from the app's
 * namespace. With one, from anywhere: a load balancer that targets pod addresses comes from
 * addresses of the VPC, which Kubernetes cannot name; its security group decides who reaches it.
 * Traffic that the pods send is not restricted: what an app calls is not known here.
 */
final class NetworkPolicyObject {
  private NetworkPolicyObject() {}

  static NetworkPolicy of(App app) {
    return new NetworkPolicyBuilder()
        .withMetadata(AppMetadata.of(app))
        .withNewSpec()
        .withNewPodSelector()
        .withMatchLabels(AppMetadata.selector(app))
        .endPodSelector()
        .withIngress(rule(app))
        .withPolicyTypes("Ingress")
        .endSpec()
        .build();
  }

  private static NetworkPolicyIngressRule rule(App app) {
    NetworkPolicyIngressRuleBuilder rule =
        new NetworkPolicyIngressRuleBuilder()
            .addNewPort()
            .withProtocol("TCP")
            .withPort(new IntOrString(app.workload().port()))
            .endPort();
    if (app.ingress().isEmpty()) {
      rule.addNewFrom().withNewPodSelector().endPodSelector().endFrom();
    }
    return rule.build();
  }
}
