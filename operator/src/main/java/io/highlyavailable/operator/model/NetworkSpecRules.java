package io.highlyavailable.operator.model;

import io.highlyavailable.api.v1alpha1.HighlyAvailableAppSpec;
import io.highlyavailable.api.v1alpha1.ManagedNetworkSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold of a network that is to be made. */
final class NetworkSpecRules {
  /** Addresses that are nobody's on the internet: RFC 1918. */
  private static final List<Cidr> PRIVATE =
      List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("172.16.0.0/12"), Cidr.parse("192.168.0.0/16"));

  /** EC2's largest VPC. */
  private static final int SHORTEST = 16;

  /** Public subnets are then /26, and a load balancer wants /27 at least. */
  private static final int LONGEST = 22;

  private NetworkSpecRules() {}

  static void check(ManagedNetworkSpec managed, HighlyAvailableAppSpec spec, Violations found) {
    String wrong = wrong(managed.cidr());
    found.addIf(!wrong.isEmpty(), "spec.network.managed.cidr", wrong);
    int zones = WorkloadDefaults.workload(spec).availability().zones();
    found.addIf(
        zones > NetworkChoice.Managed.MOST_ZONES,
        "spec.availability.zones",
        "use 3 or fewer with network.managed");
    boolean data =
        spec.sessionStore() != null || spec.database() != null && spec.database().rds() != null;
    found.addIf(
        data && zones < 2,
        "spec.availability.zones",
        "use 2 or more with network.managed: the database and the session store need two zones");
  }

  private static String wrong(@Nullable String text) {
    try {
      Cidr cidr = Cidr.parse(text == null ? "" : text);
      if (cidr.length() < SHORTEST || cidr.length() > LONGEST) {
        return "use a block between /16 and /22, such as 10.40.0.0/16";
      }
      return PRIVATE.stream().anyMatch(cidr::within)
          ? ""
          : "use private addresses: within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
