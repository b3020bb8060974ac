package io.highlyavailable.operator.component.sessionstore;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A replication group of Redis OSS or Valkey, or a cluster of Memcached. What is waiting for the
 * maintenance window counts as done.
 *
 * @param name its id
 * @param id its ARN
 * @param state ElastiCache's word for its status
 * @param incarnation changes when a store is recreated under the same id
 * @param engine {@code redis}, {@code valkey} or {@code memcached}
 * @param settings what can be changed
 * @param nodeIds its nodes, ordered: clusters of a replication group, or {@code 0001} and so on of
 *     a Memcached cluster; empty while they are not shown
 * @param members what only its nodes show, or null while none is shown
 * @param endpoints where it listens, or null while it has no address
 * @param security how it is protected
 * @param tags its tags
 */
public record SessionStore(
    String name,
    String id,
    String state,
    String incarnation,
    String engine,
    Settings settings,
    List<String> nodeIds,
    @Nullable Members members,
    @Nullable Endpoints endpoints,
    Security security,
    Map<String, String> tags)
    implements CloudResource {

  /** ElastiCache is at work, and refuses other changes meanwhile. */
  private static final Set<String> IN_TRANSITION =
      Set.of("creating", "modifying", "deleting", "snapshotting", "rebooting cluster nodes");

  public SessionStore {
    nodeIds = List.copyOf(nodeIds);
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public boolean inTransition() {
    return IN_TRANSITION.contains(state);
  }

  @Override
  public boolean deleting() {
    return "deleting".equals(state) || "deleted".equals(state);
  }

  /** Whether changes wait for the maintenance window. */
  public boolean changesQueued() {
    return members != null && members.changesQueued();
  }

  SessionStore withTags(Map<String, String> changed) {
    return new SessionStore(
        name,
        id,
        state,
        incarnation,
        engine,
        settings,
        nodeIds,
        members,
        endpoints,
        security,
        changed);
  }

  SessionStore with(Settings changed, @Nullable Members shown) {
    return new SessionStore(
        name, id, state, incarnation, engine, changed, nodeIds, shown, endpoints, security, tags);
  }

  /**
   * Where it listens.
   *
   * @param host DNS name that always leads to the primary, or to the list of Memcached's nodes
   * @param readerHost DNS name of the replicas, or null where there are none
   * @param port TCP port
   */
  public record Endpoints(String host, @Nullable String readerHost, int port) {}

  /**
   * What can be changed and the store itself shows.
   *
   * @param nodeType such as {@code cache.t4g.small}
   * @param nodes how many nodes, a primary included
   * @param automaticFailover whether a replica takes over
   * @param multiAz whether nodes are in several zones; false for Memcached, whose nodes always are
   * @param snapshotRetentionDays 0 for no snapshots
   * @param autoMinorVersionUpgrade whether ElastiCache upgrades it in the maintenance window
   */
  public record Settings(
      String nodeType,
      int nodes,
      boolean automaticFailover,
      boolean multiAz,
      int snapshotRetentionDays,
      boolean autoMinorVersionUpgrade) {}

  /**
   * What only the nodes show, which are all alike.
   *
   * @param version the engine's full version
   * @param maintenanceWindow UTC {@code ddd:hh:mm-ddd:hh:mm}; empty when unknown
   * @param subnetGroup name of the cache subnet group
   * @param securityGroupIds who reaches them, ordered
   * @param changesQueued whether changes wait for the maintenance window
   */
  public record Members(
      String version,
      String maintenanceWindow,
      String subnetGroup,
      SortedSet<String> securityGroupIds,
      boolean changesQueued) {
    public Members {
      securityGroupIds = Collections.unmodifiableSortedSet(new TreeSet<>(securityGroupIds));
    }
  }

  /**
   * How it is protected.
   *
   * @param atRest whether disks and snapshots are encrypted
   * @param inTransit whether it speaks TLS only
   * @param authToken whether it asks for a password
   * @param authTokenSince when the password last changed, in ElastiCache's words; may be empty
   */
  public record Security(
      boolean atRest, boolean inTransit, boolean authToken, String authTokenSince) {}
}
