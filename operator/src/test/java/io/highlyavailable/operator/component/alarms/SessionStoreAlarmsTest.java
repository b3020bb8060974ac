package io.highlyavailable.operator.component.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.sessionstore.SessionStore;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The alarms of a session store, one a node and metric. */
class SessionStoreAlarmsTest {
  private static final App APP = SampleApp.named("shop").database(null).exposure(null).build();
  private static final String STORE = APP.resourceName();
  private final AlarmSetRules rules = new AlarmSetRules();

  private static SessionStore store(String engine, String nodeType, int nodes) {
    boolean memcached = engine.equals("memcached");
    return new SessionStore(
        STORE,
        "arn",
        "available",
        "",
        engine,
        new SessionStore.Settings(nodeType, nodes, !memcached, !memcached, 1, true),
        IntStream.rangeClosed(1, nodes)
            .mapToObj(node -> memcached ? "%04d".formatted(node) : STORE + "-%03d".formatted(node))
            .toList(),
        null,
        new SessionStore.Endpoints("host", null, 6379),
        new SessionStore.Security(true, true, true, ""),
        Map.of());
  }

  private Map<String, Alarm> alarms(SessionStore store) {
    Map<String, Alarm> alarms = new TreeMap<>(known(new KnownUpstream().ready(store)).alarms());
    alarms.values().removeIf(Alarm::composite);
    return alarms;
  }

  private AlarmSetDesired known(KnownUpstream upstream) {
    return ((Desired.Known<AlarmSetDesired>) rules.desired(APP, upstream)).state();
  }

  private static String name(String key) {
    return STORE + "-session-store-" + key;
  }

  private static Metric.Single metric(Alarm alarm) {
    return (Metric.Single) alarm.metric();
  }

  @Test
  void watchesEachNodeOfAReplicationGroup() {
    Map<String, Alarm> alarms = alarms(store("redis", "cache.t4g.small", 2));
    assertThat(alarms)
        .containsOnlyKeys(
            name("cpu-001"),
            name("cpu-002"),
            name("memory-001"),
            name("memory-002"),
            name("evictions-001"),
            name("evictions-002"),
            name("connections-001"),
            name("connections-002"),
            name("replication-lag-001"),
            name("replication-lag-002"));
    assertThat(metric(alarms.get(name("connections-002"))).dimensions())
        .isEqualTo(Map.of("CacheClusterId", STORE + "-002", "CacheNodeId", "0001"));
    assertThat(metric(alarms.get(name("memory-002"))).dimensions())
        .isEqualTo(Map.of("CacheClusterId", STORE + "-002"));
    assertThat(alarms.get(name("connections-001")).threshold()).isEqualTo(58_500);
    assertThat(alarms.get(name("replication-lag-001")).missingData())
        .as("a primary has no lag")
        .isEqualTo("notBreaching");
  }

  @Test
  void aSingleNodeHasNoReplicasToBeBehind() {
    assertThat(alarms(store("valkey", "cache.r7g.large", 1)))
        .hasSize(4)
        .doesNotContainKey(name("replication-lag-001"));
  }

  @Test
  void watchesEachNodeOfMemcached() {
    Map<String, Alarm> alarms = alarms(store("memcached", "cache.m7g.4xlarge", 3));
    assertThat(alarms)
        .hasSize(12)
        .containsKeys(name("cpu-0001"), name("swap-0002"), name("evictions-0003"));
    assertThat(metric(alarms.get(name("swap-0002"))).dimensions())
        .isEqualTo(Map.of("CacheClusterId", STORE, "CacheNodeId", "0002"));
    assertThat(alarms.get(name("cpu-0001")).threshold()).isEqualTo(90);
  }

  /** "90 divided by the number of cores", and the engine's own metric from four cores on. */
  @ParameterizedTest
  @CsvSource({
    "cache.t2.micro, CPUUtilization, 90",
    "cache.t2.medium, CPUUtilization, 45",
    "cache.t4g.micro, CPUUtilization, 45",
    "cache.m7g.large, CPUUtilization, 45",
    "cache.m7g.xlarge, EngineCPUUtilization, 90",
    "cache.r6gd.16xlarge, EngineCPUUtilization, 90",
    "cache.unheard-of, EngineCPUUtilization, 90",
  })
  void looksAtTheCpuThatTheEngineCanUse(String type, String metric, double threshold) {
    Alarm cpu = alarms(store("redis", type, 1)).get(name("cpu-001"));
    assertThat(metric(cpu).name()).isEqualTo(metric);
    assertThat(cpu.threshold()).isEqualTo(threshold);
  }

  @Test
  void waitsForTheStoreAndLeavesItsAlarmsAloneMeanwhile() {
    assertThat(rules.desired(APP, new KnownUpstream()))
        .isEqualTo(new Desired.Waiting<AlarmSetDesired>("waiting for the session store"));
    var withDatabase = SampleApp.named("shop").exposure(null).build();
    var meanwhile =
        ((Desired.Known<AlarmSetDesired>) rules.desired(withDatabase, new KnownUpstream())).state();
    AlarmSet before =
        existing(known(new KnownUpstream().ready(store("redis", "cache.t3.micro", 2))));
    assertThat(rules.differences(meanwhile, before))
        .extracting(Difference::field)
        .isEqualTo(List.copyOf(meanwhile.alarms().keySet()));
    assertThat(rules.readiness(meanwhile, before))
        .isEqualTo(new Readiness.Progressing("waiting for the session store"));
  }

  @Test
  void alarmsOfARemovedNodeGoWithIt() {
    AlarmSet three =
        existing(known(new KnownUpstream().ready(store("memcached", "cache.t3.micro", 3))));
    AlarmSetDesired two = known(new KnownUpstream().ready(store("memcached", "cache.t3.micro", 2)));
    assertThat(rules.differences(two, three))
        .extracting(Difference::field)
        .containsExactly(
            name("connections-0003"),
            name("cpu-0003"),
            name("evictions-0003"),
            name("swap-0003"),
            STORE + "-unavailable");
  }

  private static AlarmSet existing(AlarmSetDesired desired) {
    TreeMap<String, AlarmSet.Existing> all = new TreeMap<>();
    desired
        .alarms()
        .forEach(
            (name, alarm) ->
                all.put(
                    name,
                    new AlarmSet.Existing(
                        "arn", alarm, AlarmSet.Actions.NONE, AlarmSet.State.NEW, Map.of())));
    return new AlarmSet(desired.name(), all, Map.of());
  }
}
