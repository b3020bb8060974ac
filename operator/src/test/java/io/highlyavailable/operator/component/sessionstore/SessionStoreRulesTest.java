package io.highlyavailable.operator.component.sessionstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.securitygroup.SecurityGroup;
import io.highlyavailable.operator.component.sessionstore.SessionStore.Members;
import io.highlyavailable.operator.component.sessionstore.SessionStore.Security;
import io.highlyavailable.operator.component.sessionstore.SessionStore.Settings;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroup;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.SessionStoreSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionStoreRulesTest {
  private static final String PASSWORD = "0123456789abcdefghijklmnopqrstuv";
  private static final Security SAFE = new Security(true, true, true, "100");

  private final SessionStoreRules rules = new SessionStoreRules();
  private final App redis = app("redis", "7.1", 3);
  private final App memcached = app("memcached", null, 3);
  private final SessionStoreDesired want = known(redis);

  private static App app(String engine, @Nullable String version, int nodes) {
    return SampleApp.named("shop")
        .sessionStore(
            new SessionStoreSettings(
                engine, version, "cache.t4g.small", nodes, DeletionPolicy.SNAPSHOT))
        .build();
  }

  private static KnownUpstream upstream() {
    return new KnownUpstream()
        .ready(new SubnetGroup("subnets", "arn", "Complete", "vpc", new TreeSet<>(), Map.of()))
        .ready(new SecurityGroup("vpc/g", "arn", "sg-store", new TreeSet<>(), Map.of()));
  }

  private static Upstream withSecret(String password) {
    return upstream().secret(SessionStoreRules.AUTH_SECRET, password);
  }

  private SessionStoreDesired known(App app) {
    return known(app, PASSWORD);
  }

  private static SessionStoreDesired known(App app, String password) {
    var desired = new SessionStoreRules().desired(app, withSecret(password));
    return ((Desired.Known<SessionStoreDesired>) desired).state();
  }

  private static Members members(String version, String group, String... securityGroups) {
    return new Members(
        version, "sun:03:00-sun:04:00", group, new TreeSet<>(Set.of(securityGroups)), false);
  }

  private SessionStore store(
      String state, Settings settings, @Nullable Members members, Security security, String tag) {
    return new SessionStore(
        want.name(),
        "arn:aws:elasticache:us-east-1:1:replicationgroup:" + want.name(),
        state,
        "1700000000",
        "redis",
        settings,
        List.of(),
        members,
        new SessionStore.Endpoints("master.example.com", "replica.example.com", 6379),
        security,
        Map.of(SessionStoreDifferences.CREDENTIAL_TAG, tag));
  }

  private SessionStore store(String state) {
    return store(
        state, want.settings(), members("7.1.0", "subnets", "sg-store"), SAFE, want.credential());
  }

  private SessionStore cluster(Settings settings) {
    return new SessionStore(
        want.name(),
        "arn:aws:elasticache:us-east-1:1:cluster:" + want.name(),
        "available",
        "1700000000",
        "memcached",
        settings,
        List.of(),
        members("1.6.22", "subnets", "sg-store"),
        new SessionStore.Endpoints("x.cfg.example.com", null, 11211),
        new Security(false, true, false, ""),
        Map.of());
  }

  @Test
  void failsOverBetweenZonesAndIsSnapshotEveryDay() {
    Settings s = want.settings();
    assertThat(s.nodes()).isEqualTo(3);
    assertThat(s.automaticFailover()).isTrue();
    assertThat(s.multiAz()).isTrue();
    assertThat(s.snapshotRetentionDays()).isEqualTo(1);
    assertThat(want.subnetGroup()).isEqualTo("subnets");
    assertThat(want.securityGroupIds()).containsExactly("sg-store");
  }

  @Test
  void waitsForWhatItIsMadeOf() {
    assertThat(rules.desired(redis, upstream()).toString()).contains("password");
    assertThat(rules.desired(redis, new KnownUpstream()).toString()).contains("subnet group");
    assertThat(rules.desired(memcached, upstream())).isInstanceOf(Desired.Known.class);
  }

  @Test
  void neverPrintsItsPassword() {
    assertThat(want.toString()).doesNotContain(PASSWORD);
    SessionStore other = store("available").withTags(Map.of());
    assertThat(rules.differences(want, other).toString())
        .contains("authToken")
        .doesNotContain(PASSWORD);
  }

  @Test
  void hasNoDifferenceWhenAllIsAsWanted() {
    assertThat(rules.differences(want, store("available"))).isEmpty();
    SessionStoreDesired plain = known(memcached);
    assertThat(rules.differences(plain, cluster(plain.settings()))).isEmpty();
  }

  static Stream<Arguments> drifts() {
    String type = "cache.t4g.small";
    return Stream.of(
        Arguments.of(
            new Settings("cache.m7g.large", 3, true, true, 1, true), "nodeType", Impact.DISRUPTIVE),
        Arguments.of(new Settings(type, 2, true, true, 1, true), "nodes", Impact.IN_PLACE),
        Arguments.of(
            new Settings(type, 3, false, true, 1, true), "automaticFailover", Impact.IN_PLACE),
        Arguments.of(new Settings(type, 3, true, false, 1, true), "multiAz", Impact.IN_PLACE),
        Arguments.of(
            new Settings(type, 3, true, true, 0, true), "snapshotRetentionDays", Impact.IN_PLACE),
        Arguments.of(
            new Settings(type, 3, true, true, 1, false),
            "autoMinorVersionUpgrade",
            Impact.IN_PLACE));
  }

  @ParameterizedTest
  @MethodSource("drifts")
  void eachSettingThatDriftedIsSeenAlone(Settings settings, String field, Impact impact) {
    SessionStore drifted =
        store(
            "available",
            settings,
            members("7.1.0", "subnets", "sg-store"),
            SAFE,
            want.credential());
    assertThat(rules.differences(want, drifted))
        .extracting(Difference::field, Difference::impact)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(field, impact));
  }

  static Stream<Arguments> nodes() {
    return Stream.of(
        Arguments.of(members("7.1.0", "other", "sg-store"), "subnetGroup", Impact.REPLACING),
        Arguments.of(
            members("7.1.0", "subnets", "sg-a", "sg-store"), "securityGroupIds", Impact.IN_PLACE),
        Arguments.of(members("7.0.7", "subnets", "sg-store"), "version", Impact.DISRUPTIVE));
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void whatOnlyNodesShowIsComparedToo(Members members, String field, Impact impact) {
    SessionStore drifted = store("available", want.settings(), members, SAFE, want.credential());
    assertThat(rules.differences(want, drifted))
        .extracting(Difference::field, Difference::impact)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(field, impact));
  }

  @Test
  void nothingIsSaidOfNodesThatDoNotShowYet() {
    SessionStore young = store("creating", want.settings(), null, SAFE, want.credential());
    assertThat(rules.differences(want, young)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "false, true, encryptedAtRest",
    "true, false, encryptedInTransit",
  })
  void encryptionCannotBeHadAfterwards(boolean atRest, boolean inTransit, String field) {
    SessionStore plain =
        store(
            "available",
            want.settings(),
            null,
            new Security(atRest, inTransit, true, "100"),
            want.credential());
    assertThat(rules.differences(want, plain))
        .extracting(Difference::field, Difference::impact)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(field, Impact.REPLACING));
  }

  @Test
  void anotherEngineIsAllThereIsToSay() {
    assertThat(rules.differences(want, cluster(want.settings())))
        .containsExactly(new Difference("engine", "redis", "memcached", Impact.REPLACING));
  }

  @Test
  void memcachedGrowsInPlaceButKeepsItsNodeType() {
    SessionStoreDesired plain = known(memcached);
    assertThat(
            rules.differences(
                plain, cluster(new Settings("cache.t4g.small", 2, false, false, 0, true))))
        .containsExactly(new Difference("nodes", "3", "2", Impact.IN_PLACE));
    assertThat(
            rules.differences(
                plain, cluster(new Settings("cache.m7g.large", 3, false, false, 0, true))))
        .extracting(Difference::impact)
        .containsExactly(Impact.REPLACING);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 100, true, true",
    "own, 100, false, true",
    "own, 100, true, false",
    "own@100, 100, true, true",
    "own@100, 200, true, false",
    "another@100, 200, true, true",
  })
  void aPasswordCountsOnceTheStoreHasTakenIt(
      String tag, String since, boolean enabled, boolean differs) {
    SessionStore seen =
        store(
            "available",
            want.settings(),
            null,
            new Security(true, true, enabled, since),
            tag.replace("own", want.credential()));
    assertThat(rules.differences(want, seen).stream().map(Difference::field).toList())
        .isEqualTo(differs ? List.of("authToken") : List.of());
  }

  @Test
  void anotherPasswordInItsSecretIsNoticed() {
    assertThat(rules.differences(known(redis, "f".repeat(32)), store("available")))
        .extracting(Difference::field)
        .containsExactly("authToken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"available", "snapshotting"})
  void servesInThese(String state) {
    assertThat(rules.readiness(want, store(state))).isEqualTo(new Readiness.Ready());
  }

  @ParameterizedTest
  @ValueSource(strings = {"creating", "modifying", "deleting", "rebooting cluster nodes"})
  void isOnItsWayInThese(String state) {
    assertThat(rules.readiness(want, store(state))).isInstanceOf(Readiness.Progressing.class);
    assertThat(store(state).inTransition()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create-failed", "restore-failed", "incompatible-network"})
  void needsHelpInThese(String state) {
    assertThat(rules.readiness(want, store(state)))
        .isInstanceOfSatisfying(
            Readiness.Failed.class, failed -> assertThat(failed.nextStep()).isNotEmpty());
    assertThat(store(state).inTransition()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void leavesAsItsPolicySays(DeletionPolicy policy) {
    Disposal disposal = rules.disposal(policy, redis, store("available"));
    Disposal plain = rules.disposal(policy, memcached, cluster(want.settings()));
    switch (policy) {
      case DELETE -> assertThat(List.of(disposal, plain)).containsOnly(new Disposal.Delete());
      case RETAIN ->
          assertThat(List.of(disposal, plain)).hasOnlyElementsOfType(Disposal.Retain.class);
      case SNAPSHOT -> {
        assertThat(disposal)
            .isInstanceOfSatisfying(
                Disposal.SnapshotThenDelete.class,
                kept -> assertThat(kept.snapshotName()).startsWith(want.name() + "-final-"));
        assertThat(plain).as("has no snapshots").isEqualTo(new Disposal.Delete());
      }
    }
  }

  @Test
  void onlyRedisAndValkeyHaveAPassword() {
    App none = SampleApp.named("shop").sessionStore(null).build();
    assertThat(rules.generatedSecrets(redis).lengths()).containsOnlyKeys("session-store-auth");
    assertThat(rules.generatedSecrets(none).lengths()).containsOnlyKeys("session-store-auth");
    assertThat(rules.generatedSecrets(memcached)).isEqualTo(Upstream.GeneratedSecrets.NONE);
    assertThat(rules.wanted(none)).isFalse();
  }

  @Test
  void bindsRedisWithPasswordReaderAndUri() {
    Binding binding = rules.binding(redis, store("available"), withSecret(PASSWORD)).orElseThrow();
    assertThat(binding.suffix()).isEqualTo("session-store");
    assertThat(binding.type()).isEqualTo("redis");
    assertThat(binding.data())
        .containsOnlyKeys("host", "port", "tls", "password", "uri", "reader-host");
    assertThat(binding.data().get("tls").value()).isEqualTo("true");
    assertThat(binding.data().get("reader-host").value()).isEqualTo("replica.example.com");
    assertThat(binding.data().get("uri").value())
        .isEqualTo("rediss://:" + PASSWORD + "@master.example.com:6379/0");
    assertThat(binding.toString()).doesNotContain(PASSWORD);
  }

  @Test
  void bindsMemcachedByItsConfigurationEndpoint() {
    Binding binding = rules.binding(memcached, cluster(want.settings()), upstream()).orElseThrow();
    assertThat(binding.type()).isEqualTo("memcached");
    assertThat(binding.data()).containsOnlyKeys("host", "port", "tls");
    assertThat(binding.data().get("port").value()).isEqualTo("11211");
  }

  @Test
  void hasNoBindingWithoutItsPassword() {
    assertThat(rules.binding(redis, store("available"), upstream())).isEmpty();
  }
}
