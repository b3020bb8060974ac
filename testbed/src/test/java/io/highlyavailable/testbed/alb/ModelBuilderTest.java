package io.highlyavailable.testbed.alb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.highlyavailable.testbed.alb.LoadBalancerModel.DefaultAction;
import io.highlyavailable.testbed.alb.LoadBalancerModel.Listener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Source: "Ingress annotations" of the AWS Load Balancer Controller's documentation. */
class ModelBuilderTest {

  private static final Map<String, String> HTTPS =
      Map.of(
          "target-type", "ip",
          "listen-ports", "[{\"HTTP\": 80}, {\"HTTPS\": 443}]",
          "ssl-redirect", "443");

  private final ModelBuilder builder =
      new ModelBuilder(
          new ResourceNames("test"),
          host -> host.endsWith(".example.com") ? Optional.of("arn:certificate") : Optional.empty(),
          (namespace, name) ->
              name.equals("web") ? Optional.of(Ingresses.service(namespace)) : Optional.empty());

  private LoadBalancerModel build(Map<String, String> annotations) {
    return builder.build(Ingresses.ingress("shop-team", "shop", annotations));
  }

  private void refuses(Map<String, String> annotations, String message) {
    assertThatThrownBy(() -> build(annotations))
        .isInstanceOf(BuildModelException.class)
        .hasMessageContaining(message);
  }

  @Test
  void isInternalAndListensOnHttpUnlessTold() {
    LoadBalancerModel model = build(Map.of("target-type", "ip"));
    assertThat(model.scheme()).isEqualTo("internal");
    assertThat(model.listeners())
        .singleElement()
        .satisfies(
            listener -> {
              assertThat(listener.port()).isEqualTo(80);
              assertThat(listener.protocol()).isEqualTo("HTTP");
              assertThat(listener.otherwise()).isInstanceOf(DefaultAction.NotFound.class);
            });
  }

  @Test
  void namesResourcesInTheControllersManner() {
    LoadBalancerModel model = build(Map.of("target-type", "ip"));
    assertThat(model.name()).matches("k8s-shopteam-shop-[0-9a-f]{10}");
    assertThat(model.targetGroups().getFirst().name()).matches("k8s-shopteam-web-[0-9a-f]{10}");
    assertThat(model.targetGroups().getFirst().resourceId()).isEqualTo("shop-team/shop-web:http");
    assertThat(build(Map.of("target-type", "ip", "scheme", "internet-facing")).name())
        .isNotEqualTo(model.name());
  }

  @Test
  void redirectsEveryHttpListenerAndFindsTheCertificateByHost() {
    List<Listener> listeners = build(HTTPS).listeners();
    assertThat(listeners).extracting(Listener::protocol).containsExactly("HTTP", "HTTPS");
    assertThat(listeners.get(0).otherwise()).isEqualTo(new DefaultAction.Redirect(443));
    assertThat(listeners.get(0).rules()).isEmpty();
    assertThat(listeners.get(1).certificateArns()).containsExactly("arn:certificate");
    assertThat(listeners.get(1).rules())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.host()).isEqualTo("shop.example.com");
              assertThat(rule.paths()).containsExactly("/*");
              assertThat(rule.backend()).isEqualTo(new Backend("web", "http"));
            });
  }

  @Test
  void aNamedCertificateNeedsNoDiscoveryAndMeansHttps() {
    LoadBalancerModel model =
        build(Map.of("target-type", "ip", "certificate-arn", "arn:one,arn:two"));
    assertThat(model.listeners())
        .singleElement()
        .satisfies(l -> assertThat(l.certificateArns()).containsExactly("arn:one", "arn:two"));
  }

  @Test
  void refusesHttpsWithoutACertificate() {
    var ingress =
        new IngressBuilder(Ingresses.ingress("ns", "shop", HTTPS))
            .editSpec()
            .editFirstRule()
            .withHost("shop.elsewhere.org")
            .endRule()
            .endSpec()
            .build();
    assertThatThrownBy(() -> builder.build(ingress))
        .isInstanceOf(BuildModelException.class)
        .hasMessage("no certificate found for host: shop.elsewhere.org");
  }

  @Test
  void healthChecksHaveTheDocumentedDefaults() {
    assertThat(build(Map.of("target-type", "ip")).targetGroups().getFirst().healthCheck())
        .isEqualTo(new HealthCheck("traffic-port", "HTTP", "/", 15, 5, 2, 2, "200"));
    assertThat(
            build(
                    Map.of(
                        "target-type", "ip",
                        "healthcheck-path", "/healthz",
                        "healthcheck-interval-seconds", "10",
                        "success-codes", "200-299"))
                .targetGroups()
                .getFirst()
                .healthCheck())
        .isEqualTo(new HealthCheck("traffic-port", "HTTP", "/healthz", 10, 5, 2, 2, "200-299"));
  }

  @Test
  void readsMapsOfAttributesAndTags() {
    LoadBalancerModel model =
        build(
            Map.of(
                "target-type", "ip",
                "target-group-attributes", "deregistration_delay.timeout_seconds=30, a=b",
                "load-balancer-attributes", "idle_timeout.timeout_seconds=60",
                "tags", "team=shop"));
    assertThat(model.targetGroups().getFirst().attributes())
        .containsEntry("deregistration_delay.timeout_seconds", "30")
        .containsEntry("a", "b");
    assertThat(model.attributes()).containsEntry("idle_timeout.timeout_seconds", "60");
    assertThat(model.tags()).containsEntry("team", "shop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "target-typ | ip | annotation alb.ingress.kubernetes.io/target-typ is not documented",
        "group.name | g | is not supported by the testbed",
        "scheme | public | invalid value for annotation alb.ingress.kubernetes.io/scheme: public",
        "target-type | pod | invalid value",
        "listen-ports | 80 | invalid value",
        "listen-ports | [{\"TCP\": 80}] | invalid value",
        "listen-ports | [{\"HTTP\": 80}, {\"HTTPS\": 80}] | invalid value",
        "healthcheck-timeout-seconds | soon | invalid value",
        "target-group-attributes | 30 | invalid value",
        "ssl-redirect | 443 | listener does not exist for SSLRedirect port: 443",
        "target-type | instance | service type must be either 'NodePort' or 'LoadBalancer'"
      })
  void refusesWhatTheControllerDoesNotUnderstand(String name, String value, String message) {
    refuses(
        name.equals("target-type") ? Map.of(name, value) : Map.of("target-type", "ip", name, value),
        message);
  }

  @Test
  void refusesABackendThatIsNotThere() {
    var ingress = Ingresses.ingress("ns", "shop", Map.of("target-type", "ip"));
    var backend =
        ingress.getSpec().getRules().getFirst().getHttp().getPaths().getFirst().getBackend();
    backend.getService().getPort().setName("grpc");
    assertThatThrownBy(() -> builder.build(ingress))
        .hasMessage("unable to find port grpc on service ns/web");
    backend.getService().setName("other");
    assertThatThrownBy(() -> builder.build(ingress)).hasMessage("services \"other\" not found");
  }

  @Test
  void leavesAnnotationsOfOthersAlone() {
    var ingress = Ingresses.ingress("ns", "shop", Map.of("target-type", "ip"));
    ingress.getMetadata().getAnnotations().put("external-dns.alpha.kubernetes.io/ttl", "60");
    assertThat(builder.build(ingress).listeners()).hasSize(1);
  }
}
