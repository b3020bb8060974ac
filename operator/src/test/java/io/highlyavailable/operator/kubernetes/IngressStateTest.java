package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.highlyavailable.operator.component.Readiness;
import org.junit.jupiter.api.Test;

class IngressStateTest {
  @Test
  void isReadyOnceTheLoadBalancerHasAnAddress() {
    IngressState state = IngressState.of(ingress("shop-1.elb.amazonaws.com"));
    assertThat(state.readiness()).isEqualTo(new Readiness.Ready());
    assertThat(state.hostname()).isEqualTo("shop-1.elb.amazonaws.com");
  }

  @Test
  void waitsForTheLoadBalancer() {
    assertThat(IngressState.of(null).readiness()).isInstanceOf(Readiness.Progressing.class);
    assertThat(IngressState.of(new Ingress()).readiness())
        .isEqualTo(new Readiness.Progressing("waiting for the load balancer"));
    assertThat(IngressState.of(ingress("")).hostname()).isNull();
  }

  @Test
  void theUrlIsHttpsUnlessTlsIsDisabled() {
    assertThat(IngressState.url(GoldenCase.named("full").app()))
        .contains("https://shop.example.com");
    assertThat(IngressState.url(GoldenCase.named("internal-plaintext").app()))
        .contains("http://shop.internal");
    assertThat(IngressState.url(GoldenCase.named("minimal").app())).isEmpty();
  }

  private static Ingress ingress(String hostname) {
    return new IngressBuilder()
        .withNewStatus()
        .withNewLoadBalancer()
        .addNewIngress()
        .withHostname(hostname)
        .endIngress()
        .endLoadBalancer()
        .endStatus()
        .build();
  }
}
