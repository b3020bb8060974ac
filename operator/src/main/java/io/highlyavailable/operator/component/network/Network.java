package io.highlyavailable.operator.component.network;

import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A VPC with its usable subnets.
 *
 * @param name the VPC's id
 * @param id the VPC's ARN
 * @param subnets subnets in state {@code available}, ordered by id
 */
public record Network(String name, String id, List<Subnet> subnets) implements CloudResource {
  public Network {
    subnets = subnets.stream().sorted(Comparator.comparing(Subnet::id)).toList();
  }

  /** A VPC is not ours, so its tags mean nothing to us. */
  @Override
  public Map<String, String> tags() {
    return Map.of();
  }

  @Override
  public String state() {
    return "available";
  }

  /** The subnets for an app's data: those its spec names, else those tagged as private. */
  public List<Subnet> privateSubnets(App app) {
    Set<String> named =
        switch (app.network()) {
          case NetworkChoice.Existing existing -> Set.copyOf(existing.privateSubnetIds());
          case NetworkChoice.Discover discover -> Set.of();
          case NetworkChoice.Managed managed -> Set.of();
        };
    return subnets.stream()
        .filter(subnet -> named.isEmpty() ? subnet.forInternal() : named.contains(subnet.id()))
        .toList();
  }

  /** The zones of some subnets, ordered. */
  public static Set<String> zones(List<Subnet> subnets) {
    return subnets.stream().map(Subnet::zone).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The VPC that an app's data lives in; empty when nobody has named one, or it is not made yet.
   */
  public static String vpcId(App app, Upstream.Settings settings) {
    return switch (app.network()) {
      case NetworkChoice.Existing existing -> existing.vpcId();
      case NetworkChoice.Discover discover -> settings.vpcId();
      case NetworkChoice.Managed managed -> settings.managedVpcId();
    };
  }
}
