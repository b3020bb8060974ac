package io.highlyavailable.operator.component.sessionstore;

import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Disposal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.AuthTokenUpdateStrategyType;
import software.amazon.awssdk.services.elasticache.model.ClusterMode;
import software.amazon.awssdk.services.elasticache.model.DeleteReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.NoOperationException;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.SnapshotAlreadyExistsException;

/**
 * Writes replication groups of Redis OSS and Valkey. Each change is one call, which puts the group
 * into {@code modifying}; what else differs is changed when that is over.
 */
final class ReplicationGroups {
  private final ElastiCacheClient client;

  ReplicationGroups(ElastiCacheClient client) {
    this.client = client;
  }

  SessionStore create(SessionStoreDesired desired, Map<String, String> tags) {
    Map<String, String> all = new TreeMap<>(tags);
    all.put(SessionStoreDifferences.CREDENTIAL_TAG, desired.credential());
    SessionStore.Settings want = desired.settings();
    var answer =
        client.createReplicationGroup(
            request ->
                request
                    .replicationGroupId(desired.name())
                    .replicationGroupDescription("Session store of a HighlyAvailableApp")
                    .engine(desired.engine())
                    .engineVersion(desired.version())
                    .preferredMaintenanceWindow(desired.maintenanceWindow())
                    .cacheNodeType(want.nodeType())
                    .numCacheClusters(want.nodes())
                    .clusterMode(ClusterMode.DISABLED)
                    .automaticFailoverEnabled(want.automaticFailover())
                    .multiAZEnabled(want.multiAz())
                    .snapshotRetentionLimit(want.snapshotRetentionDays())
                    .autoMinorVersionUpgrade(want.autoMinorVersionUpgrade())
                    .cacheSubnetGroupName(desired.subnetGroup())
                    .securityGroupIds(desired.securityGroupIds())
                    .transitEncryptionEnabled(true)
                    .atRestEncryptionEnabled(true)
                    .authToken(token(desired))
                    .tags(SessionStoreMapping.tags(all)));
    return SessionStoreMapping.row(answer.replicationGroup(), null, all);
  }

  private static String token(SessionStoreDesired desired) {
    return Objects.requireNonNull(desired.authToken()).value();
  }

  /** The password goes first, for nobody gets in without it; then what changes while it serves. */
  SessionStore update(SessionStore actual, SessionStoreDesired desired, List<Difference> changes) {
    Set<String> inPlace = fields(changes, Impact.IN_PLACE);
    if (inPlace.remove(SessionStoreDifferences.AUTH_TOKEN)) {
      return giveToken(actual, desired);
    }
    boolean nodes = inPlace.remove(SessionStoreDifferences.NODES);
    if (!inPlace.isEmpty()) {
      // An immediate change would take those along that wait for the maintenance window.
      return modify(actual, desired, inPlace, !actual.changesQueued());
    }
    // What interrupts comes only when the app's window or a person lets it, and so goes at once.
    return nodes
        ? scale(actual, desired)
        : modify(actual, desired, fields(changes, Impact.DISRUPTIVE), true);
  }

  private static Set<String> fields(List<Difference> changes, Impact impact) {
    return changes.stream()
        .filter(change -> change.impact() == impact)
        .map(Difference::field)
        .collect(Collectors.toSet());
  }

  /**
   * Rotated, so that the store takes the old password as well: pods that have it still can go on
   * until they are replaced.
   */
  private SessionStore giveToken(SessionStore actual, SessionStoreDesired desired) {
    Map<String, String> tags = new TreeMap<>(actual.tags());
    String credential = SessionStoreDifferences.credential(desired, actual);
    tags.put(SessionStoreDifferences.CREDENTIAL_TAG, credential);
    client.addTagsToResource(
        request ->
            request
                .resourceName(actual.id())
                .tags(
                    SessionStoreMapping.tags(
                        Map.of(SessionStoreDifferences.CREDENTIAL_TAG, credential))));
    var answer =
        client.modifyReplicationGroup(
            request ->
                request
                    .replicationGroupId(actual.name())
                    .applyImmediately(true)
                    .authToken(token(desired))
                    .authTokenUpdateStrategy(AuthTokenUpdateStrategyType.ROTATE));
    return answered(answer.replicationGroup(), actual.withTags(tags), desired, Set.of());
  }

  private SessionStore modify(
      SessionStore actual, SessionStoreDesired desired, Set<String> fields, boolean immediately) {
    ModifyReplicationGroupRequest.Builder request =
        ModifyReplicationGroupRequest.builder()
            .replicationGroupId(actual.name())
            .applyImmediately(immediately);
    fields.forEach(field -> set(request, field, desired));
    return answered(
        client.modifyReplicationGroup(request.build()).replicationGroup(), actual, desired, fields);
  }

  private static void set(
      ModifyReplicationGroupRequest.Builder request, String field, SessionStoreDesired desired) {
    SessionStore.Settings want = desired.settings();
    switch (field) {
      case SessionStoreDifferences.NODE_TYPE -> request.cacheNodeType(want.nodeType());
      case SessionStoreDifferences.VERSION -> request.engineVersion(desired.version());
      case SessionStoreDifferences.MAINTENANCE ->
          request.preferredMaintenanceWindow(desired.maintenanceWindow());
      case SessionStoreDifferences.FAILOVER ->
          request.automaticFailoverEnabled(want.automaticFailover());
      case SessionStoreDifferences.MULTI_AZ -> request.multiAZEnabled(want.multiAz());
      case SessionStoreDifferences.SNAPSHOTS ->
          request.snapshotRetentionLimit(want.snapshotRetentionDays());
      case SessionStoreDifferences.MINOR_UPGRADE ->
          request.autoMinorVersionUpgrade(want.autoMinorVersionUpgrade());
      case SessionStoreDifferences.SECURITY_GROUPS ->
          request.securityGroupIds(desired.securityGroupIds());
      default -> throw new IllegalArgumentException("cannot be changed: " + field);
    }
  }

  private SessionStore scale(SessionStore actual, SessionStoreDesired desired) {
    int replicas = desired.settings().nodes() - 1;
    try {
      ReplicationGroup group =
          replicas >= actual.settings().nodes()
              ? increase(actual.name(), replicas)
              : decrease(actual.name(), replicas);
      return answered(group, actual, desired, Set.of(SessionStoreDifferences.NODES));
    } catch (NoOperationException e) {
      // An earlier attempt whose answer was lost has done it.
      return actual;
    }
  }

  private ReplicationGroup increase(String name, int replicas) {
    return client
        .increaseReplicaCount(
            request ->
                request.replicationGroupId(name).newReplicaCount(replicas).applyImmediately(true))
        .replicationGroup();
  }

  private ReplicationGroup decrease(String name, int replicas) {
    return client
        .decreaseReplicaCount(
            request ->
                request.replicationGroupId(name).newReplicaCount(replicas).applyImmediately(true))
        .replicationGroup();
  }

  /**
   * The answer shows neither what only nodes show nor what is yet to be done: until the next
   * reading the row is what it was, with what was asked for.
   */
  private static SessionStore answered(
      ReplicationGroup group,
      SessionStore before,
      SessionStoreDesired desired,
      Set<String> fields) {
    return SessionStoreMapping.row(group, null, before.tags())
        .with(
            SessionStoreMapping.changed(before.settings(), desired.settings(), fields),
            before.members() == null
                ? null
                : SessionStoreMapping.changed(before.members(), desired, fields));
  }

  Optional<SessionStore> delete(SessionStore actual, Disposal disposal) {
    return switch (disposal) {
      case Disposal.Delete() -> Optional.of(send(request(actual).build(), actual));
      case Disposal.SnapshotThenDelete(String name) ->
          Optional.of(snapshotThenDelete(actual, name));
      case Disposal.Retain retain ->
          throw new IllegalArgumentException("retaining is not deleting: " + retain);
    };
  }

  /** A snapshot of that name is of an earlier attempt that ElastiCache gave up. */
  private SessionStore snapshotThenDelete(SessionStore actual, String name) {
    try {
      return send(request(actual).finalSnapshotIdentifier(name).build(), actual);
    } catch (SnapshotAlreadyExistsException e) {
      String free = nextFree(actual, name);
      return send(request(actual).finalSnapshotIdentifier(free).build(), actual);
    }
  }

  private String nextFree(SessionStore actual, String name) {
    List<String> taken =
        client
            .describeSnapshotsPaginator(request -> request.replicationGroupId(actual.name()))
            .snapshots()
            .stream()
            .map(snapshot -> snapshot.snapshotName())
            .toList();
    int number = 2;
    while (taken.contains(name + "-" + number)) {
      number++;
    }
    return name + "-" + number;
  }

  private static DeleteReplicationGroupRequest.Builder request(SessionStore actual) {
    return DeleteReplicationGroupRequest.builder()
        .replicationGroupId(actual.name())
        .retainPrimaryCluster(false);
  }

  private SessionStore send(DeleteReplicationGroupRequest request, SessionStore actual) {
    return SessionStoreMapping.row(
        client.deleteReplicationGroup(request).replicationGroup(), null, actual.tags());
  }
}
