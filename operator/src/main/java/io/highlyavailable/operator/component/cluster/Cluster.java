package io.highlyavailable.operator.component.cluster;

import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.component.network.Subnet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An EKS cluster.
 *
 * @param name its name
 * @param id its ARN
 * @param state EKS's word
 * @param version Kubernetes's minor version, such as {@code 1.35}
 * @param endpoint the URL of its API server
 * @param certificateAuthority the API server's certificate authority, in Base64
 * @param serviceCidr the addresses of its Services
 * @param securityGroupId the group that its nodes and pods share
 * @param subnets the usable subnets of its VPC
 */
public record Cluster(
    String name,
    String id,
    String state,
    String version,
    String endpoint,
    String certificateAuthority,
    String serviceCidr,
    String securityGroupId,
    List<Subnet> subnets)
    implements CloudResource {
  static final String ACTIVE = "ACTIVE";
  static final String UPDATING = "UPDATING";

  public Cluster {
    subnets = List.copyOf(subnets);
  }

  /** It is the administrator's, and its tags mean nothing to us. */
  @Override
  public Map<String, String> tags() {
    return Map.of();
  }

  @Override
  public boolean inTransition() {
    return !state.equals(ACTIVE);
  }

  /** Where nodes go: the subnets with the tag of private ones. */
  public List<Subnet> privateSubnets() {
    return subnets.stream().filter(Subnet::forInternal).toList();
  }

  /** The ids of {@link #privateSubnets}. */
  public SortedSet<String> privateSubnetIds() {
    return privateSubnets().stream().map(Subnet::id).collect(Collectors.toCollection(TreeSet::new));
  }

  /** How many zones nodes can be in. */
  int zones() {
    return Network.zones(privateSubnets()).size();
  }
}
