package io.highlyavailable.operator.component.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.database.Database.Settings;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.operator.model.Sensitive;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadReplicasRulesTest {
  private final ReadReplicasRules rules = new ReadReplicasRules();
  private final App app = app(2, "17");
  private final String name = app.resourceName();

  private static App app(int replicas, String version) {
    return SampleApp.named("shop")
        .database(
            new DatabaseSettings(
                "postgres",
                version,
                "db.t4g.medium",
                50,
                null,
                true,
                14,
                "01:00-02:00",
                null,
                null,
                DeletionPolicy.SNAPSHOT,
                replicas,
                0))
        .build();
  }

  private Database instance(String id, String state, @Nullable String host, Settings settings) {
    return new Database(
        id,
        "arn:" + id,
        state,
        "db-1/2026",
        "postgres",
        "17.2",
        settings,
        true,
        host == null ? null : new Database.Endpoint(host, 5432),
        "app_shop",
        "haadmin",
        new Database.Parameters("g-postgres17", "in-sync"),
        false,
        null,
        OwnershipTags.of(app.identity(), "database-replicas"));
  }

  private static Settings settings(String instanceClass, boolean protection) {
    return new Settings(
        instanceClass,
        80,
        null,
        "gp3",
        false,
        false,
        0,
        "01:00-02:00",
        "sun:03:00-sun:04:00",
        true,
        protection,
        true,
        "subnets",
        new TreeSet<>(List.of("sg-db")));
  }

  private Database source() {
    return instance(name, "available", "primary", settings("db.t4g.medium", true));
  }

  private ReadReplica replica(String suffix, String state, @Nullable String host) {
    return new ReadReplica(
        instance(name + suffix, state, host, settings("db.t4g.medium", true)),
        name,
        "replicating",
        "");
  }

  private ReadReplicas replicas(ReadReplica... members) {
    var byName = new TreeMap<String, ReadReplica>();
    List.of(members).forEach(member -> byName.put(member.instance().name(), member));
    return new ReadReplicas(name, byName, new TreeSet<>());
  }

  private ReadReplicasDesired want(App wanted) {
    KnownUpstream upstream =
        new KnownUpstream()
            .ready(source())
            .ready(DatabaseRulesTest.PARAMETER_GROUP, DatabaseRulesTest.groups("postgres17"));
    return ((Desired.Known<ReadReplicasDesired>) rules.desired(wanted, upstream)).state();
  }

  @Test
  void areWantedInNumberAndWaitForTheirSource() {
    assertThat(rules.wanted(app)).isTrue();
    assertThat(rules.wanted(app(0, "17"))).isFalse();
    assertThat(rules.desired(app, new KnownUpstream())).isInstanceOf(Desired.Waiting.class);
  }

  @Test
  void areAsLargeAsTheirSourceHasBecome() {
    assertThat(want(app).each().settings().storageGiB()).isEqualTo(80);
    assertThat(
            rules.differences(
                want(app),
                replicas(replica("-r1", "available", "h1"), replica("-r2", "available", "h2"))))
        .isEmpty();
  }

  @Test
  void missingOnesComeAndSurplusOnesGo() {
    ReadReplicas one = replicas(replica("-r1", "available", "h1"));
    assertThat(rules.differences(want(app), one))
        .containsExactly(new Difference(name + "-r2", "present", "absent", Impact.IN_PLACE));
    ReadReplicas two =
        replicas(replica("-r1", "available", "h1"), replica("-r2", "available", "h2"));
    assertThat(rules.differences(want(app(1, "17")), two))
        .containsExactly(new Difference(name + "-r2", "absent", "present", Impact.IN_PLACE));
  }

  @Test
  void aPromotedOneIsNoneAnyMoreAndKeepsItsName() {
    ReadReplicas left =
        new ReadReplicas(
            name,
            new TreeMap<>(Map.of(name + "-r1", replica("-r1", "available", "h1"))),
            new TreeSet<>(List.of(name + "-r2")));
    assertThat(rules.differences(want(app), left))
        .containsExactly(new Difference(name + "-r3", "present", "absent", Impact.IN_PLACE));
    assertThat(rules.remark(left)).contains("-r2 was promoted");
    assertThat(new ReadReplicas(name, new TreeMap<>(), left.promoted()).tags()).isEmpty();
  }

  @Test
  void anotherClassInterruptsThatReplica() {
    ReadReplica other =
        replica("-r1", "available", "h1")
            .with(instance(name + "-r1", "available", "h1", settings("db.r7g.large", true)));
    assertThat(rules.differences(want(app(1, "17")), replicas(other)))
        .containsExactly(
            new Difference(
                name + "-r1 instanceClass", "db.t4g.medium", "db.r7g.large", Impact.DISRUPTIVE));
  }

  @Test
  void brokenReplicationNeedsHelp() {
    ReadReplica broken =
        new ReadReplica(
            replica("-r1", "available", "h1").instance(), name, "error", "could not connect");
    assertThat(rules.readiness(want(app(1, "17")), replicas(broken)))
        .isInstanceOfSatisfying(
            Readiness.Failed.class,
            failed ->
                assertThat(failed.reason())
                    .isEqualTo(
                        "replication of %s-r1 is in state error: could not connect"
                            .formatted(name)));
  }

  @Test
  void areReadyWhenAllServe() {
    ReadReplicas half =
        replicas(replica("-r1", "available", "h1"), replica("-r2", "creating", null));
    assertThat(rules.readiness(want(app), half))
        .isEqualTo(new Readiness.Progressing("1 of 2 replicas serve"));
    assertThat(half.state()).isEqualTo("1 available, 1 creating");
    assertThat(half.inTransition()).isTrue();
    assertThat(
            rules.readiness(
                want(app),
                replicas(replica("-r1", "available", "h1"), replica("-r2", "backing-up", "h2"))))
        .isEqualTo(new Readiness.Ready());
  }

  @Test
  void rdsUpgradesReplicasOfPostgresToAnotherMajorVersionItself() {
    assertThat(want(app(2, "18")).each().version()).isNull();
    assertThat(want(app(2, "17.6")).each().version()).isEqualTo("17.6");
    assertThat(ReadReplicasRules.withSource("mysql", "8.0.43", "8.4")).isFalse();
  }

  private Binding binding(App wanted, KnownUpstream upstream) {
    return new DatabaseRules()
        .binding(wanted, source(), upstream.user("app_a", "secret"))
        .orElseThrow();
  }

  private static String reader(Binding binding) {
    return binding.data().get("reader-host").value();
  }

  private KnownUpstream seen(ReadReplica... members) {
    return new KnownUpstream()
        .observed(ReadReplicasRules.NAME, new Observation.Present<>(replicas(members)));
  }

  @Test
  void withoutReplicasThePrimaryIsRead() {
    Binding binding = binding(app(0, "17"), new KnownUpstream());
    assertThat(reader(binding)).isEqualTo("primary");
    assertThat(binding.data().get("reader-uri")).isEqualTo(binding.data().get("uri"));
  }

  @Test
  void severalReplicasAreOneUri() {
    Binding binding =
        binding(app, seen(replica("-r1", "available", "h1"), replica("-r2", "available", "h2")));
    assertThat(reader(binding)).isEqualTo("h1,h2");
    assertThat(binding.data().get("reader-uri").value())
        .isEqualTo(
            "postgresql://app_a:secret@h1:5432,h2:5432/app_shop"
                + "?sslmode=require&target_session_attrs=any&load_balance_hosts=random");
  }

  @Test
  void podsHearOfNewReplicasWhenAllAreThere() {
    ReadReplica first = replica("-r1", "available", "h1");
    assertThat(reader(binding(app, seen(first, replica("-r2", "creating", null)))))
        .isEqualTo("primary");
    KnownUpstream told = seen(first, replica("-r2", "creating", null)).bound(reading("h1"));
    assertThat(reader(binding(app, told))).isEqualTo("h1");
  }

  @Test
  void aReplicaThatIsBusyOrBrokenIsStillNamed() {
    assertThat(
            reader(
                binding(
                    app,
                    seen(replica("-r1", "rebooting", "h1"), replica("-r2", "storage-full", "h2")))))
        .isEqualTo("h1,h2");
  }

  /** After the operator's start, before the first listing. */
  @Test
  void whatPodsWereToldStandsWhileNothingIsKnown() {
    KnownUpstream unknown =
        new KnownUpstream()
            .observed(ReadReplicasRules.NAME, new Observation.Unknown<>("no listing"))
            .bound(reading("h1,h2"));
    assertThat(reader(binding(app, unknown))).isEqualTo("h1,h2");
  }

  private static Binding reading(String hosts) {
    return new Binding("database", "postgresql", Map.of("reader-host", new Sensitive(hosts)));
  }
}
