package io.highlyavailable.operator.component.network;

import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
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

  /**
   * One subnet of each zone, for a load balancer: of those that the spec names, else of those with
   * the tag. Of several in a zone the first by id, as the AWS Load Balancer Controller takes it.
   *
   * @param outside whether the internet is to reach it
   */
  public SortedSet<String> onePerZone(App app, boolean outside) {
    List<Subnet> all = outside ? publicSubnets(app) : privateSubnets(app);
    return all.stream()
        .collect(Collectors.toMap(Subnet::zone, Subnet::id, (first, second) -> first))
        .values()
        .stream()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<Subnet> publicSubnets(App app) {
    Set<String> named =
        switch (app.network()) {
          case NetworkChoice.Existing existing -> Set.copyOf(existing.publicSubnetIds());
          case NetworkChoice.Discover discover -> Set.of();
          case NetworkChoice.Managed managed -> Set.of();
        };
    return subnets.stream()
        .filter(subnet -> named.isEmpty() ? subnet.forPublic() : named.contains(subnet.id()))
        .toList();
  }

  /** The zones of some subnets, ordered. */
  public static SortedSet<String> zones(List<Subnet> subnets) {
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
