package io.highlyavailable.operator.component.peering;

import io.highlyavailable.operator.component.Piece;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A connection of two VPCs: of the app's own, which asked for it, and of the cluster's.
 *
 * @param name app and component, as its tags say
 * @param id its ARN
 * @param resourceId its id, such as {@code pcx-1}
 * @param state such as {@code pending-acceptance} or {@code active}
 * @param vpcId the app's VPC
 * @param clusterVpcId the cluster's VPC
 * @param clusterCidrs the addresses of the cluster's VPC, ordered
 * @param unrouted route tables of the cluster's VPC that have no route to the app's VPC
 * @param taken route tables of the cluster's VPC that have another route to the same addresses
 * @param tags its tags
 */
public record ClusterPeering(
    String name,
    String id,
    String resourceId,
    String state,
    String vpcId,
    String clusterVpcId,
    List<String> clusterCidrs,
    SortedSet<String> unrouted,
    SortedSet<String> taken,
    Map<String, String> tags)
    implements Piece<ClusterPeering> {
  static final String PENDING = "pending-acceptance";
  static final String ACTIVE = "active";
  static final String DELETING = "deleting";

  public ClusterPeering {
    clusterCidrs = clusterCidrs.stream().sorted().toList();
    unrouted = Collections.unmodifiableSortedSet(new TreeSet<>(unrouted));
    taken = Collections.unmodifiableSortedSet(new TreeSet<>(taken));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public boolean inTransition() {
    return !state.equals(PENDING) && !state.equals(ACTIVE);
  }

  @Override
  public boolean deleting() {
    return DELETING.equals(state);
  }

  @Override
  public ClusterPeering withTags(Map<String, String> changed) {
    return new ClusterPeering(
        name, id, resourceId, state, vpcId, clusterVpcId, clusterCidrs, unrouted, taken, changed);
  }
}
