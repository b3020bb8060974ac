package io.highlyavailable.operator.component.sessionstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.AwsCatalogue;
import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.component.network.Subnet;
import io.highlyavailable.operator.component.securitygroup.Ingress;
import io.highlyavailable.operator.component.securitygroup.SecurityGroup;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroup;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.AppIdentity;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.operator.model.Sensitive;
import io.highlyavailable.operator.model.SessionStoreSettings;
import io.highlyavailable.operator.plan.AppView;
import io.highlyavailable.operator.plan.Attempt;
import io.highlyavailable.operator.plan.ChangeGate;
import io.highlyavailable.operator.plan.HeldChanges;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.plan.Planner;
import io.highlyavailable.operator.plan.Recorded;
import io.highlyavailable.operator.plan.Report;
import io.highlyavailable.operator.plan.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the planner makes of the session store's rules, with the real catalogue. */
class SessionStorePlanTest {
  private static final ComponentName STORE = DataTier.SESSION_STORE.component();
  private static final String PASSWORD = "0123456789abcdefghijklmnopqrstuv";

  private final Planner planner =
      new Planner(
          AwsCatalogue.modules().stream().<Component<?, ?>>map(it -> it.component()).toList());
  private final Map<ComponentName, Observation<?>> observations = new HashMap<>();
  private final Map<ComponentName, Attempt> attempts = new HashMap<>();
  private Recorded recorded = Recorded.NOTHING;
  private Map<String, Sensitive> secrets =
      Map.of(SessionStoreRules.AUTH_SECRET, new Sensitive(PASSWORD));

  private static SampleApp sample() {
    return SampleApp.named("shop")
        .exposure(null)
        .alarms(false)
        .database(null)
        .bucket(null)
        .sessionStore(
            new SessionStoreSettings("redis", null, "cache.t4g.small", 3, DeletionPolicy.SNAPSHOT));
  }

  private final App app = sample().build();

  private Plan plan(App wanted) {
    String name = wanted.resourceName();
    ComponentName network = new ComponentName("network");
    observations.put(network, present(network()));
    observations.put(
        DataTier.SESSION_STORE.subnetGroup(),
        present(
            new SubnetGroup(
                name,
                "arn:subnets",
                "Complete",
                "vpc-1",
                new TreeSet<>(Set.of("a", "b")),
                tags(DataTier.SESSION_STORE.subnetGroup(), app.identity()))));
    observations.put(
        DataTier.SESSION_STORE.securityGroup(),
        present(
            new SecurityGroup(
                "vpc-1/" + name + "-session-store",
                "arn:group",
                "sg-1",
                new TreeSet<>(Set.of(new Ingress("tcp", 6379, 6379, "sg-clients"))),
                tags(DataTier.SESSION_STORE.securityGroup(), app.identity()))));
    return planner.plan(
        new AppView(
            wanted,
            KnownUpstream.SETTINGS,
            observations,
            attempts,
            recorded,
            secrets,
            Map.of(),
            Set.of("old-cluster/old-namespace"),
            null,
            true,
            ChangeGate.OPEN));
  }

  private static Network network() {
    return new Network(
        "vpc-1",
        "arn",
        List.of(new Subnet("a", "z1", true, false), new Subnet("b", "z2", true, false)));
  }

  private static <R extends io.highlyavailable.operator.component.CloudResource>
      Observation<R> present(R row) {
    return new Observation.Present<>(row);
  }

  private Map<String, String> tags(ComponentName component, AppIdentity owner) {
    Map<String, String> tags = new TreeMap<>(app.tags());
    tags.putAll(OwnershipTags.of(owner, component.value()));
    if (component.equals(STORE)) {
      tags.put(OwnershipTags.DELETION_POLICY, "SNAPSHOT");
      tags.put(
          SessionStoreDifferences.CREDENTIAL_TAG,
          Names.hash(13, "session store password", app.resourceName(), PASSWORD));
    }
    return tags;
  }

  private void seen(String state, int nodes, AppIdentity owner, Map<String, String> more) {
    Map<String, String> tags = tags(STORE, owner);
    tags.putAll(more);
    observations.put(
        STORE,
        present(
            new SessionStore(
                app.resourceName(),
                "arn:store",
                state,
                "1",
                "redis",
                new SessionStore.Settings("cache.t4g.small", nodes, true, true, 1, true),
                List.of(),
                new SessionStore.Members(
                    "7.1.0",
                    "sun:03:00-sun:04:00",
                    app.resourceName(),
                    new TreeSet<>(Set.of("sg-1")),
                    false),
                new SessionStore.Endpoints("h", "r", 6379),
                new SessionStore.Security(true, true, true, ""),
                tags)));
    recorded =
        new Recorded(
            Map.of(STORE, "arn:store"),
            Set.of(),
            List.of(),
            List.of(),
            "123456789012",
            "us-east-1",
            "",
            HeldChanges.NONE,
            Map.of());
  }

  private void seen(String state, int nodes) {
    seen(state, nodes, app.identity(), Map.of());
  }

  private static Report report(Plan plan) {
    return plan.reports().stream()
        .filter(report -> report.name().equals("session-store"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isCreatedWhereThereIsNone() {
    observations.put(STORE, new Observation.Absent<>());
    assertThat(plan(app).action(STORE).orElseThrow()).isInstanceOf(Action.Create.class);
    assertThat(plan(app).podsCanStart()).as("pods wait for their binding").isFalse();
  }

  @Test
  void itsPasswordIsWrittenDownFirst() {
    secrets = Map.of();
    observations.put(STORE, new Observation.Absent<>());
    assertThat(plan(app).secrets()).containsOnlyKeys("session-store-auth");
    assertThat(plan(app).actions()).isEmpty();
  }

  @Test
  void isReadyWithItsBinding() {
    seen("available", 3);
    Plan plan = plan(app);
    assertThat(plan.actions()).isEmpty();
    assertThat(report(plan).standing()).isEqualTo(Standing.READY);
    assertThat(report(plan).condition()).isEqualTo("SessionStoreReady");
    assertThat(plan.bindings()).extracting(it -> it.suffix()).containsExactly("session-store");
  }

  @Test
  void isChangedInPlace() {
    seen("available", 2);
    assertThat(plan(app).action(STORE).orElseThrow())
        .isInstanceOfSatisfying(
            Action.Update.class,
            update -> assertThat(update.changes().toString()).contains("nodes 2 -> 3"));
    seen("modifying", 2);
    assertThat(plan(app).actions()).as("one change at a time").isEmpty();
  }

  @Test
  void aLostStoreIsMadeAnewForSessionsComeBackByThemselves() {
    seen("available", 3);
    observations.put(STORE, new Observation.Absent<>());
    assertThat(plan(app).action(STORE).orElseThrow()).isInstanceOf(Action.Create.class);
    assertThat(planner.holdingData()).doesNotContain("session-store");
  }

  @Test
  void aStoreOfTheSameNameThatIsNotOursIsLeftAlone() {
    AppIdentity other = new AppIdentity("other", "c", "prod", "n", "shop", "u");
    seen("available", 3, other, Map.of());
    assertThat(plan(app).actions()).isEmpty();
    assertThat(report(plan(app)).standing()).isEqualTo(Standing.FAILED);
  }

  @Test
  void isFoundAgainWhenTheAppOrItsClusterWasMadeAnew() {
    AppIdentity me = app.identity();
    AppIdentity before =
        new AppIdentity(
            me.clusterId(), me.clusterUid(), me.namespace(), me.namespaceUid(), me.name(), "old");
    seen("available", 3, before, Map.of(OwnershipTags.RETAINED, "SNAPSHOT"));
    assertThat(plan(app).action(STORE).orElseThrow())
        .isInstanceOfSatisfying(
            Action.Tag.class,
            tag -> assertThat(tag.toString()).contains("remove=[" + OwnershipTags.RETAINED + "]"));
    AppIdentity rebuilt =
        new AppIdentity(
            me.clusterId(), "old-cluster", me.namespace(), "old-namespace", me.name(), "old");
    seen("available", 3, rebuilt, Map.of());
    assertThat(plan(app).action(STORE).orElseThrow()).isInstanceOf(Action.Tag.class);
  }

  @ParameterizedTest
  @CsvSource({
    "DENIED, FAILED",
    "QUOTA, FAILED",
    "INVALID, FAILED",
    "THROTTLED, PROGRESSING",
    "UNAVAILABLE, PROGRESSING"
  })
  void saysWhyItCannotBeMade(CloudFailure.Kind kind, Standing standing) {
    observations.put(STORE, new Observation.Absent<>());
    var failure =
        new CloudFailure(kind, "elasticache:CreateReplicationGroup", "Code", "why", "do", false);
    attempts.put(STORE, new Attempt(false, failure, null));
    assertThat(report(plan(app)).standing()).isEqualTo(standing);
    assertThat(report(plan(app)).message()).contains("elasticache:CreateReplicationGroup");
  }

  @Test
  void isKeptWhileProtected() {
    seen("available", 3);
    assertThat(plan(sample().sessionStore(null).build()).action(STORE).orElseThrow())
        .isInstanceOfSatisfying(
            Action.Tag.class,
            tag -> assertThat(tag.toString()).contains(OwnershipTags.RETAINED + "="));
  }

  @ParameterizedTest
  @CsvSource({"SNAPSHOT", "DELETE", "RETAIN"})
  void leavesByTheLastPolicyWhenItsBlockIsGone(DeletionPolicy policy) {
    seen("available", 3, app.identity(), Map.of(OwnershipTags.DELETION_POLICY, policy.name()));
    App without = sample().sessionStore(null).deletionProtection(false).build();
    Action<?, ?> action = plan(without).action(STORE).orElseThrow();
    switch (policy) {
      case RETAIN -> assertThat(action).isInstanceOf(Action.Tag.class);
      case DELETE ->
          assertThat(((Action.Delete<?, ?>) action).disposal()).isEqualTo(new Disposal.Delete());
      case SNAPSHOT ->
          assertThat(((Action.Delete<?, ?>) action).disposal())
              .isInstanceOf(Disposal.SnapshotThenDelete.class);
    }
  }

  @Test
  void isNotDeletedWhileElastiCacheIsAtWork() {
    seen("modifying", 3);
    App without = sample().sessionStore(null).deletionProtection(false).build();
    assertThat(plan(without).actions()).isEmpty();
    assertThat(plan(without).removal().complete()).isFalse();
  }
}
