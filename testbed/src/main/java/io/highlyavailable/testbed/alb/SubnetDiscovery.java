package io.highlyavailable.testbed.alb;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Finds the subnets of a load balancer: those named, else by their role tags, one a zone. */
final class SubnetDiscovery {
  private static final Map<String, String> ROLE_TAGS =
      Map.of(
          "internal", "kubernetes.io/role/internal-elb",
          "internet-facing", "kubernetes.io/role/elb");

  private final Ec2Client ec2;
  private final String vpcId;
  private final Map<String, List<String>> discovered = new ConcurrentHashMap<>();

  SubnetDiscovery(Ec2Client ec2, String vpcId) {
    this.ec2 = ec2;
    this.vpcId = vpcId;
  }

  /**
   * The ids of the subnets for a load balancer.
   *
   * @throws BuildModelException when there are fewer than two zones, or a named one is not there
   */
  List<String> of(LoadBalancerModel model) {
    if (!model.subnets().isEmpty()) {
      return model.subnets().stream().map(this::byIdOrName).toList();
    }
    // Subnets are the administrator's and stay; only what was found is remembered.
    List<String> known = discovered.get(model.scheme());
    if (known == null) {
      known = discover(model.scheme());
      discovered.put(model.scheme(), known);
    }
    return known;
  }

  private String byIdOrName(String given) {
    if (given.startsWith("subnet-")) {
      return given;
    }
    return subnets(filter("tag:Name", given))
        .findFirst()
        .map(Subnet::subnetId)
        .orElseThrow(() -> new BuildModelException("couldn't find subnet named " + given));
  }

  private List<String> discover(String scheme) {
    Map<String, Subnet> oneAZone = new TreeMap<>();
    subnets(filter("tag-key", ROLE_TAGS.getOrDefault(scheme, "")))
        .sorted(Comparator.comparing(Subnet::subnetId))
        .forEach(subnet -> oneAZone.putIfAbsent(subnet.availabilityZone(), subnet));
    if (oneAZone.size() < 2) {
      throw new BuildModelException(
          "couldn't auto-discover subnets: unable to resolve at least one subnet in two zones with"
              + " tag "
              + ROLE_TAGS.get(scheme));
    }
    return oneAZone.values().stream().map(Subnet::subnetId).toList();
  }

  private Stream<Subnet> subnets(Filter filter) {
    return ec2
        .describeSubnetsPaginator(b -> b.filters(filter("vpc-id", vpcId), filter))
        .subnets()
        .stream();
  }

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }
}
