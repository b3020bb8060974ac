package io.highlyavailable.operator.component.sessionstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.securitygroup.SecurityGroupModule;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroupModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.SessionStoreSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.Snapshot;

class SessionStoreAdapterTest extends AdapterContract<SessionStoreDesired, SessionStore> {
  SessionStoreAdapterTest() {
    super(
        new SessionStoreModule(),
        List.of(
            new NetworkModule(),
            new SecurityGroupModule(DataTier.SESSION_STORE),
            new SubnetGroupModule(DataTier.SESSION_STORE)));
  }

  private ElastiCacheClient somebody() {
    return world.clients("somebody", CallListener.NONE).elastiCache();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of(
        "nodeType", setting("sessionStore", "nodeType", "cache.m7g.large"),
        "nodes", setting("sessionStore", "nodes", 2),
        "deletionPolicy", setting("sessionStore", "deletionPolicy", DeletionPolicy.RETAIN),
        "maintenanceWindow", maintenance("tue:10:00-tue:11:00"));
  }

  @Override
  protected Map<String, Consumer<SessionStore>> drifts() {
    String cluster = world.settings().clientSecurityGroupIds().getFirst();
    Map<String, Consumer<ModifyReplicationGroupRequest.Builder>> changes = new LinkedHashMap<>();
    changes.put("nodeType", request -> request.cacheNodeType("cache.m7g.large"));
    changes.put("multiAz", request -> request.multiAZEnabled(false));
    changes.put("snapshotRetentionDays", request -> request.snapshotRetentionLimit(7));
    changes.put(
        "maintenanceWindow", request -> request.preferredMaintenanceWindow("mon:01:00-mon:02:00"));
    changes.put("autoMinorVersionUpgrade", request -> request.autoMinorVersionUpgrade(false));
    changes.put("securityGroupIds", request -> request.securityGroupIds(cluster));
    Map<String, Consumer<SessionStore>> drifts = new LinkedHashMap<>();
    changes.forEach((field, change) -> drifts.put(field, store -> modify(store, change)));
    drifts.put("nodes", store -> decrease(store.name(), 1));
    drifts.put(
        "authToken",
        store ->
            somebody()
                .removeTagsFromResource(
                    request ->
                        request
                            .resourceName(store.id())
                            .tagKeys(SessionStoreDifferences.CREDENTIAL_TAG)));
    return drifts;
  }

  private void modify(SessionStore store, Consumer<ModifyReplicationGroupRequest.Builder> change) {
    somebody()
        .modifyReplicationGroup(
            request -> {
              request.replicationGroupId(store.name()).applyImmediately(true);
              change.accept(request);
            });
  }

  private void decrease(String name, int replicas) {
    somebody()
        .decreaseReplicaCount(
            request ->
                request.replicationGroupId(name).newReplicaCount(replicas).applyImmediately(true));
  }

  @Test
  void isReadyWithBothEndpointsOnceAvailable() {
    create();
    SessionStore seen = observed().orElseThrow();
    assertThat(component.readiness(desired, seen)).isEqualTo(new Readiness.Ready());
    assertThat(seen.endpoints()).isNotNull();
    assertThat(seen.endpoints().port()).isEqualTo(6379);
    assertThat(seen.endpoints().readerHost()).isNotEqualTo(seen.endpoints().host());
    assertThat(seen.nodeIds()).containsExactly(name() + "-001", name() + "-002", name() + "-003");
    assertThat(seen.security()).matches(SessionStore.Security::atRest);
    assertThat(seen.security()).matches(SessionStore.Security::inTransit);
    assertThat(seen.security()).matches(SessionStore.Security::authToken);
  }

  @Test
  void anotherNodeTypeAndVersionAreMadeAtOnceWhenTheirTimeHasCome() {
    app = redis("7.0", 3);
    desired = desiredOf(app);
    create();
    SessionStoreDesired wanted = wanted("7.1", "cache.m7g.large", 3);
    SessionStore seen = observed().orElseThrow();
    List<Difference> found = component.differences(wanted, seen);
    assertThat(found).extracting(Difference::field).containsExactly("nodeType", "version");

    SessionStore changed = adapter.update(seen, wanted, found);
    assertThat(component.differences(wanted, changed)).isEmpty();
    assertThat(changed.inTransition()).isTrue();
    assertThat(component.differences(wanted, observed().orElseThrow())).isEmpty();
    assertThat(observed().orElseThrow().changesQueued()).isFalse();
  }

  @Test
  void whatAnotherPersonLeftToTheWindowCountsAsDone() {
    create();
    somebody()
        .modifyReplicationGroup(
            request -> request.replicationGroupId(name()).cacheNodeType("cache.m7g.large"));
    SessionStoreDesired wanted = wanted("7.1", "cache.m7g.large", 3);
    SessionStore queued = observed().orElseThrow();
    assertThat(component.differences(wanted, queued)).isEmpty();
    assertThat(component.remark(queued)).contains("maintenance window");

    assertThat(world.emulator().applyPendingCacheMaintenance(name())).hasSize(1);
    observed();
    SessionStore done = observed().orElseThrow();
    assertThat(component.differences(wanted, done)).isEmpty();
    assertThat(component.remark(done)).isEmpty();
  }

  private static App redis(String version, int nodes) {
    return SampleApp.unique()
        .sessionStore(
            new SessionStoreSettings(
                "redis", version, "cache.t4g.small", nodes, DeletionPolicy.SNAPSHOT))
        .build();
  }

  private SessionStoreDesired wanted(String version, String nodeType, int nodes) {
    SessionStore.Settings have = desired.settings();
    return new SessionStoreDesired(
        desired.name(),
        desired.engine(),
        version,
        desired.maintenanceWindow(),
        new SessionStore.Settings(
            nodeType,
            nodes,
            have.automaticFailover(),
            have.multiAz(),
            have.snapshotRetentionDays(),
            have.autoMinorVersionUpgrade()),
        desired.subnetGroup(),
        desired.securityGroupIds(),
        desired.authToken(),
        desired.credential());
  }

  @Test
  void replicasComeAndGoInPlace() {
    create();
    for (int nodes : new int[] {6, 2}) {
      SessionStoreDesired wanted = wanted("7.1", "cache.t4g.small", nodes);
      SessionStore seen = observed().orElseThrow();
      adapter.update(seen, wanted, component.differences(wanted, seen));
      assertThat(observed().orElseThrow().nodeIds()).hasSize(nodes);
    }
  }

  @Test
  void aChangeOfReplicasWhoseAnswerWasLostIsNoError() {
    create();
    SessionStoreDesired wanted = wanted("7.1", "cache.t4g.small", 2);
    SessionStore seen = observed().orElseThrow();
    List<Difference> found = component.differences(wanted, seen);
    decrease(name(), 1);
    observed();
    assertThat(adapter.update(seen, wanted, found)).isEqualTo(seen);
  }

  @Test
  void aPasswordThatWasAnnouncedButNotSetIsSetAfterAll() {
    create();
    SessionStore seen = observed().orElseThrow();
    SessionStore announced =
        adapter.tag(
            seen,
            Map.of(
                SessionStoreDifferences.CREDENTIAL_TAG,
                SessionStoreDifferences.credential(desired, seen)));
    List<Difference> found = component.differences(desired, announced);
    assertThat(found).extracting(Difference::field).containsExactly("authToken");
    adapter.update(announced, desired, found);
    assertThat(component.differences(desired, observed().orElseThrow())).isEmpty();
  }

  @Test
  void deletionTakesTheFinalSnapshot() {
    create();
    SessionStore row = observed().orElseThrow();
    adapter.delete(row, new Disposal.SnapshotThenDelete(name() + "-final-abc"));
    assertThat(observed().filter(left -> !left.deleting())).isEmpty();
    assertThat(snapshots()).containsExactly(name() + "-final-abc");
  }

  @Test
  void aSnapshotOfAnEarlierAttemptIsNotMistakenForTheFinalOne() {
    create();
    String name = name() + "-final-abc";
    somebody().createSnapshot(request -> request.replicationGroupId(name()).snapshotName(name));
    adapter.delete(observed().orElseThrow(), new Disposal.SnapshotThenDelete(name));
    assertThat(observed().filter(left -> !left.deleting())).isEmpty();
    assertThat(snapshots()).containsExactlyInAnyOrder(name, name + "-2");
  }

  private List<String> snapshots() {
    return somebody().describeSnapshots().snapshots().stream()
        .filter(snapshot -> name().equals(snapshot.replicationGroupId()))
        .map(Snapshot::snapshotName)
        .toList();
  }

  @Test
  void whatTheTaggingApiDoesNotKnowYetIsListedByName() {
    create();
    somebody()
        .removeTagsFromResource(
            request ->
                request
                    .resourceName(observed().orElseThrow().id())
                    .tagKeys("highlyavailable.io/cluster-id"));
    assertThat(adapter.list().namesOnly()).contains(name());
    assertThat(adapter.find(name())).isPresent();
  }

  @Test
  void listsEveryPage() {
    List<String> names = IntStream.range(0, 101).mapToObj(i -> name() + "-" + i).toList();
    names.forEach(
        name ->
            somebody()
                .createReplicationGroup(
                    request ->
                        request
                            .replicationGroupId(name.substring(0, Math.min(40, name.length())))
                            .replicationGroupDescription("page")
                            .cacheNodeType("cache.t4g.small")
                            .engine("valkey")
                            .numCacheClusters(1)));
    List<String> ids = names.stream().map(n -> n.substring(0, Math.min(40, n.length()))).toList();
    assertThat(adapter.list().namesOnly()).containsAll(ids);
    ids.forEach(id -> somebody().deleteReplicationGroup(request -> request.replicationGroupId(id)));
  }
}
