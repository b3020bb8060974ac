package io.highlyavailable.operator.component.securitygroup;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Exposure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The load balancer of an app's instances lets in the world on the ports that it listens on. */
public final class BalancerGroupRules implements GroupRules {
  private static final String EVERYWHERE = "0.0.0.0/0";

  /**
   * An internal load balancer has private addresses only; whoever can route to it has one too: RFC
   * 1918, and RFC 6598, which EKS's pods may have.
   */
  private static final List<String> PRIVATE =
      List.of("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16");

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  @Override
  public ComponentName name() {
    return Compute.BALANCER_SECURITY_GROUP;
  }

  @Override
  public String condition() {
    return "IngressReady";
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(new ComponentName("network"), ManagedNetwork.VPC);
  }

  @Override
  public boolean wanted(App app) {
    return Compute.wanted(app) && app.ingress().isPresent();
  }

  @Override
  public String groupName(App app) {
    return app.resourceName() + "-load-balancer";
  }

  @Override
  public Desired<SecurityGroupDesired> desired(App app, Upstream upstream) {
    Optional<Network> network = upstream.ready(Network.class);
    if (network.isEmpty()) {
      return new Desired.Waiting<>("waiting for the network");
    }
    Exposure exposure = app.ingress().orElseThrow();
    List<String> sources = exposure.internal() ? PRIVATE : List.of(EVERYWHERE);
    Stream<Integer> ports = exposure.plaintext() ? Stream.of(HTTP) : Stream.of(HTTP, HTTPS);
    return new Desired.Known<>(
        new SecurityGroupDesired(
            network.get().name(),
            groupName(app),
            "Clients of a HighlyAvailableApp's load balancer",
            ports
                .flatMap(port -> sources.stream().map(source -> Ingress.tcp(port, source)))
                .collect(Collectors.toCollection(TreeSet::new))));
  }
}
