package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerIngress;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the app's Ingress does.
 *
 * @param readiness ready once a load balancer has an address
 * @param text for people, such as {@code active}
 * @param hostname the load balancer's address, the target of the host's DNS record; null until
 *     there is one
 */
public record IngressState(Readiness readiness, String text, @Nullable String hostname) {

  /**
   * Reads the state of an Ingress that the app wants.
   *
   * @param ingress as observed, or null when there is none
   */
  public static IngressState of(@Nullable Ingress ingress) {
    if (ingress == null) {
      return new IngressState(
          new Readiness.Progressing("the Ingress is not created yet"), "absent", null);
    }
    return addresses(ingress)
        .findFirst()
        .map(address -> new IngressState(new Readiness.Ready(), "active", address))
        .orElseGet(
            () ->
                new IngressState(
                    new Readiness.Progressing("waiting for the load balancer"),
                    "provisioning",
                    null));
  }

  /** Where people reach the app; empty for an app without ingress. */
  public static Optional<String> url(App app) {
    return app.ingress()
        .map(exposure -> (exposure.plaintext() ? "http://" : "https://") + exposure.host());
  }

  private static Stream<String> addresses(Ingress ingress) {
    if (ingress.getStatus() == null || ingress.getStatus().getLoadBalancer() == null) {
      return Stream.empty();
    }
    List<IngressLoadBalancerIngress> points = ingress.getStatus().getLoadBalancer().getIngress();
    return Stream.ofNullable(points)
        .flatMap(List::stream)
        .flatMap(point -> Stream.of(point.getHostname(), point.getIp()))
        .filter(Objects::nonNull)
        .filter(address -> !address.isBlank());
  }
}
