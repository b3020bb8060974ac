package io.highlyavailable.operator.component.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.RaisedAlarm;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.SetTags;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancer;
import io.highlyavailable.operator.component.natgateway.NatGateway;
import io.highlyavailable.operator.component.topic.Topic;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.NatGateways;
import io.highlyavailable.operator.model.Recovery;
import io.highlyavailable.operator.model.TableSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmSetRulesTest {
  private static final String ELB = "arn:aws:elasticloadbalancing:us-east-1:1:";

  private final AlarmSetRules rules = new AlarmSetRules();
  private final App app = shop().build();
  private final LoadBalancer balancer =
      new LoadBalancer(
          "prod/shop",
          new TreeSet<>(Set.of(ELB + "loadbalancer/app/k8s-shop/123")),
          new TreeSet<>(Set.of(ELB + "targetgroup/k8s-shop/456")));

  private static SampleApp shop() {
    return SampleApp.named("shop").sessionStore(null);
  }

  private AlarmSetDesired known(App wanted, KnownUpstream upstream) {
    return ((Desired.Known<AlarmSetDesired>) rules.desired(wanted, upstream)).state();
  }

  private String name(String key) {
    return app.resourceName() + "-" + key;
  }

  private static AlarmSet set(AlarmSetDesired desired) {
    Map<String, AlarmSet.Existing> all = new TreeMap<>();
    desired
        .alarms()
        .forEach(
            (name, alarm) ->
                all.put(
                    name,
                    new AlarmSet.Existing(
                        "arn", alarm, AlarmSet.Actions.NONE, AlarmSet.State.NEW, Map.of())));
    return new AlarmSet(desired.name(), new TreeMap<>(all), Map.of());
  }

  @Test
  void watchesWhatTheAppHas() {
    assertThat(known(app, new KnownUpstream().ready(balancer)).alarms().keySet())
        .containsExactlyInAnyOrder(
            name("unhealthy-targets"),
            name("no-healthy-targets"),
            name("target-5xx"),
            name("load-balancer-5xx"),
            name("latency"),
            name("database-cpu"),
            name("database-memory"),
            name("database-storage"),
            name("database-connections"),
            name("unavailable"));
  }

  private static App withTable() {
    var key = new TableSettings.Key("id", "S");
    return shop()
        .exposure(null)
        .table(new TableSettings(key, null, true, "", DeletionPolicy.SNAPSHOT))
        .build();
  }

  @Test
  void saysWhichAlarmsAreOnAndWhetherUsersSuffer() {
    AlarmSetDesired desired = known(app, new KnownUpstream().ready(balancer));
    TreeMap<String, AlarmSet.Existing> alarms = new TreeMap<>(set(desired).alarms());
    alarms.computeIfPresent(name("latency"), (_, it) -> on(it));
    alarms.computeIfPresent(name("database-cpu"), (_, it) -> on(it));
    AlarmSet set = new AlarmSet(desired.name(), alarms, Map.of());

    assertThat(set.raised())
        .extracting(RaisedAlarm::name, RaisedAlarm::usersAffected)
        .containsExactly(tuple(name("database-cpu"), false), tuple(name("latency"), true));
    assertThat(rules.remark(set))
        .isEqualTo("in state ALARM: " + name("database-cpu") + ", " + name("latency"));
    assertThat(rules.readiness(desired, set)).isEqualTo(new Readiness.Ready());
  }

  private static AlarmSet.Existing on(AlarmSet.Existing it) {
    var state = new AlarmSet.State(AlarmSet.State.ALARM, Instant.EPOCH, "crossed");
    return new AlarmSet.Existing(it.arn(), it.alarm(), it.actions(), state, it.tags());
  }

  @Test
  void refusesTopicsOfOtherAccountsAndRegions() {
    String own = "arn:aws:sns:us-east-1:123456789012:oncall";
    String recovery = "arn:aws:sns:us-west-2:123456789012:oncall";
    String account = "arn:aws:sns:us-east-1:999999999999:oncall";
    String region = "arn:aws:sns:eu-west-1:123456789012:oncall";
    assertThat(rules.desired(shop().notifying(own, recovery).build(), new KnownUpstream()))
        .isInstanceOf(Desired.Known.class);
    assertThat(rules.desired(shop().notifying(own, account, region).build(), new KnownUpstream()))
        .isInstanceOfSatisfying(
            Desired.Impossible.class,
            it ->
                assertThat(it.reason())
                    .startsWith("spec.monitoring.cloudWatch.notify names topics")
                    .endsWith(": " + account + ", " + region));
  }

  @Test
  void notifiesTheTopicsOfTheAlarmsOwnRegionAndThatOfTheAddressesOnceItIsThere() {
    String own = "arn:aws:sns:us-east-1:123456789012:oncall";
    String recovery = "arn:aws:sns:us-west-2:123456789012:oncall";
    App told = shop().notifying(own, recovery, "ops@example.com").build();
    assertThat(known(told, new KnownUpstream()).notification())
        .isEqualTo(new Notification(new TreeSet<>(Set.of(own)), false));

    Topic topic = new Topic("shop", "arn:topic", "", List.of(), Map.of());
    assertThat(known(told, new KnownUpstream().ready(Topic.OF_APP, topic)).notification())
        .isEqualTo(new Notification(new TreeSet<>(Set.of(own, "arn:topic")), true));
  }

  @Test
  void whatAnAlarmNotifiesIsLeftAloneWhileTheTopicCannotBeSeen() {
    var theirs = AlarmSet.Actions.NONE.notifying(List.of("arn:theirs"));
    AlarmSetDesired desired = known(app, new KnownUpstream());
    var alarm = set(desired).alarms().firstEntry().getValue();
    var existing =
        new AlarmSet.Existing("arn", alarm.alarm(), theirs, AlarmSet.State.NEW, Map.of());
    var unknown = new Notification(new TreeSet<>(Set.of("arn:a")), false);
    var asked = new Notification(new TreeSet<>(Set.of("arn:a")), true);
    assertThat(unknown.of(existing)).isEqualTo(theirs);
    assertThat(unknown.holds(existing)).isTrue();
    assertThat(asked.of(existing).onAlarm()).containsExactly("arn:theirs", "arn:a");
    assertThat(asked.holds(existing)).isFalse();
  }

  @Test
  void watchesATableByItsName() {
    assertThat(rules.wanted(withTable())).isTrue();
    AlarmSetDesired desired = known(withTable(), new KnownUpstream());
    assertThat(desired.alarms().keySet())
        .containsExactlyInAnyOrder(
            name("table-read-throttles"),
            name("table-write-throttles"),
            name("table-system-errors"),
            name("unavailable"));
    Alarm throttles = desired.alarms().get(name("table-read-throttles"));
    assertThat(((Metric.Single) throttles.metric()).dimensions())
        .isEqualTo(Map.of("TableName", app.resourceName()));
  }

  @Test
  void watchesHowLateTheTablesReplicaIs() {
    var key = new TableSettings.Key("id", "S");
    App copied =
        shop()
            .exposure(null)
            .bucket(null)
            .table(new TableSettings(key, null, true, "", DeletionPolicy.SNAPSHOT))
            .recovery(new Recovery("us-west-2", true, true, true))
            .build();
    Alarm late = known(copied, new KnownUpstream()).alarms().get(name("table-replication-latency"));
    assertThat(((Metric.Single) late.metric()).dimensions())
        .isEqualTo(Map.of("TableName", app.resourceName(), "ReceivingRegion", "us-west-2"));
  }

  @Test
  void addsUpTheErrorsThatDynamoDbCountsByOperation() {
    Alarm errors =
        known(withTable(), new KnownUpstream()).alarms().get(name("table-system-errors"));
    Metric.Math sum = (Metric.Math) errors.metric();
    assertThat(sum.expression()).startsWith("FILL(batchGetItem, 0) + ");
    assertThat(sum.inputs()).hasSizeLessThanOrEqualTo(10).containsKey("putItem");
    assertThat(sum.inputs().get("putItem").dimensions())
        .isEqualTo(Map.of("TableName", app.resourceName(), "Operation", "PutItem"));
  }

  @Test
  void namesTheLoadBalancerAsCloudWatchDoes() {
    Alarm latency = known(app, new KnownUpstream().ready(balancer)).alarms().get(name("latency"));
    assertThat(((Metric.Single) latency.metric()).dimensions())
        .containsEntry("LoadBalancer", "app/k8s-shop/123")
        .containsEntry("TargetGroup", "targetgroup/k8s-shop/456");
  }

  @Test
  void databaseAlarmsDoNotWaitForTheLoadBalancer() {
    AlarmSetDesired desired = known(app, new KnownUpstream());
    assertThat(desired.alarms()).hasSize(4);
    assertThat(rules.readiness(desired, set(desired))).isInstanceOf(Readiness.Progressing.class);
  }

  @Test
  void alarmsOfALoadBalancerThatCannotBeSeenAreLeftAlone() {
    AlarmSet all = set(known(app, new KnownUpstream().ready(balancer)));
    assertThat(rules.differences(known(app, new KnownUpstream()), all)).isEmpty();
  }

  @Test
  void alarmsOfWhatIsNotWantedAnyMoreAreRemoved() {
    AlarmSet all = set(known(app, new KnownUpstream().ready(balancer)));
    App withoutIngress = shop().exposure(null).build();
    assertThat(rules.differences(known(withoutIngress, new KnownUpstream()), all))
        .extracting(Difference::field)
        .containsExactly(
            name("latency"),
            name("load-balancer-5xx"),
            name("no-healthy-targets"),
            name("target-5xx"),
            name("unavailable"),
            name("unhealthy-targets"));
  }

  @Test
  void waitsWhenThereIsNothingButTheLoadBalancerToWatch() {
    App stateless = shop().database(null).build();
    assertThat(rules.desired(stateless, new KnownUpstream())).isInstanceOf(Desired.Waiting.class);
  }

  @Test
  void isWantedOnlyWhenThereIsSomethingToWatch() {
    assertThat(rules.wanted(app)).isTrue();
    assertThat(rules.wanted(SampleApp.named("a").alarms(false).build())).isFalse();
    assertThat(rules.wanted(shop().database(null).exposure(null).build())).isFalse();
    assertThat(rules.wanted(SampleApp.named("a").database(null).exposure(null).build())).isTrue();
  }

  @Test
  void aChangedThresholdIsADifferenceOfThatAlarmAlone() {
    AlarmSetDesired desired = known(app, new KnownUpstream().ready(balancer));
    TreeMap<String, AlarmSet.Existing> changed = new TreeMap<>(set(desired).alarms());
    Alarm cpu = desired.alarms().get(name("database-cpu"));
    Alarm deaf =
        new Alarm(
            cpu.name(),
            cpu.description(),
            cpu.metric(),
            100,
            cpu.comparison(),
            cpu.evaluationPeriods(),
            cpu.datapointsToAlarm(),
            cpu.missingData());
    changed.put(
        cpu.name(),
        new AlarmSet.Existing("arn", deaf, AlarmSet.Actions.NONE, AlarmSet.State.NEW, Map.of()));
    assertThat(rules.differences(desired, new AlarmSet("x", changed, Map.of())))
        .singleElement()
        .hasToString(cpu.name() + " threshold 100.0 -> threshold 90.0");
  }

  @Test
  void watchesWhatS3FailsToCopyInTheRegionOfTheBucket() {
    App copied = shop().recovery(new Recovery("us-west-2", true, true, true)).build();
    AlarmSetDesired desired = known(copied, new KnownUpstream());
    assertThat(desired.arnPrefix()).startsWith("arn:aws:cloudwatch:us-east-1:");
    Alarm failed = desired.alarms().get(name("storage-replication-failures"));
    assertThat(failed.datapointsToAlarm()).isOne();
    assertThat(failed.missingData()).isEqualTo("notBreaching");
    Metric.Single metric = (Metric.Single) failed.metric();
    assertThat(metric.name()).isEqualTo("OperationsFailedReplication");
    assertThat(metric.dimensions())
        .isEqualTo(
            Map.of(
                "SourceBucket", Names.bucket(app.identity(), "123456789012"),
                "DestinationBucket", Names.replica(app.identity(), "123456789012", "us-west-2"),
                "RuleId", "recovery"));
  }

  @Test
  void storageAlarmsAtATenthOfWhatIsAllocated() {
    Alarm storage = known(app, new KnownUpstream()).alarms().get(name("database-storage"));
    assertThat(storage.threshold()).isEqualTo(5.0 * 1024 * 1024 * 1024);
    assertThat(storage.comparison()).isEqualTo("LessThanThreshold");
  }

  @Test
  void memoryAlarmsAtATwentiethOfTheInstanceClasss() {
    Alarm memory = known(app, new KnownUpstream()).alarms().get(name("database-memory"));
    assertThat(memory.threshold()).isCloseTo(0.05 * 4 * 1024 * 1024 * 1024, Offset.offset(1.0));
  }

  @Test
  void countsTheLoadBalancersOwnErrorsAmongAllRequestsAndWithoutATargetGroup() {
    Alarm errors =
        known(app, new KnownUpstream().ready(balancer)).alarms().get(name("load-balancer-5xx"));
    Metric.Math rate = (Metric.Math) errors.metric();
    assertThat(rate.expression()).contains("requests, 0) + FILL(errors, 0)");
    assertThat(rate.inputs().get("errors").dimensions()).containsOnlyKeys("LoadBalancer");
  }

  @Test
  void watchesInstancesAndNodesByTheNamesOfTheirGroups() {
    App instances = shop().database(null).exposure(null).instances().build();
    var alarms = known(instances, new KnownUpstream()).alarms();
    assertThat(alarms).containsOnlyKeys(name("instances-cpu"), name("instances-status"));
    assertThat(((Metric.Single) alarms.get(name("instances-status")).metric()).dimensions())
        .isEqualTo(Map.of("AutoScalingGroupName", app.resourceName()));
  }

  @Test
  void watchesTheNatGatewaysThatCanBeSeen() {
    App own = shop().managed(2, NatGateways.PER_ZONE, false).alarms(true).build();
    assertThat(rules.wanted(own)).isTrue();
    assertThat(rules.desired(own, new KnownUpstream()))
        .isEqualTo(new Desired.Waiting<AlarmSetDesired>("waiting for the NAT gateways"));
    var first = new NatGateway("a", "nat-1", "subnet-1", "available", "", Map.of());
    var second = new NatGateway("b", "nat-2", "subnet-2", "available", "", Map.of());
    KnownUpstream both =
        new KnownUpstream()
            .ready(ManagedNetwork.natGateway(1), first)
            .ready(ManagedNetwork.natGateway(2), second);
    var alarms = known(own, both).alarms();
    assertThat(alarms).containsOnlyKeys(name("nat-gateway-ports-1"), name("nat-gateway-ports-2"));
    assertThat(((Metric.Single) alarms.get(name("nat-gateway-ports-2")).metric()).dimensions())
        .isEqualTo(Map.of("NatGatewayId", "nat-2"));
  }

  @Test
  void watchesHowFarEachReadReplicaIsBehind() {
    DatabaseSettings two =
        new DatabaseSettings(
            "postgres",
            "17",
            "db.t4g.medium",
            50,
            null,
            true,
            14,
            null,
            null,
            null,
            DeletionPolicy.SNAPSHOT,
            2,
            0);
    App read = shop().database(two).build();
    var alarms = known(read, new KnownUpstream().ready(balancer)).alarms();
    assertThat(alarms)
        .containsKeys(
            name("database-replica-lag-r1"),
            name("database-replica-lag-r2"),
            name("database-cpu-r2"))
        .doesNotContainKey(name("database-replica-lag-r3"));
    assertThat(alarms.get(name("database-replica-lag-r2")).metric().toString())
        .contains("ReplicaLag", app.resourceName() + "-r2");
  }

  /** RDS's documentation names these for the default parameter groups, roughly. */
  @ParameterizedTest
  @CsvSource({
    "postgres, db.t4g.micro, 98",
    "postgres, db.t4g.medium, 394",
    "postgres, db.m7g.large, 788",
    "postgres, db.r6g.xlarge, 3154",
    "postgres, db.r6g.16xlarge, 5000",
    "mysql, db.t3.medium, 298",
    "mariadb, db.r6i.large, 1194",
  })
  void knowsHowManyConnectionsAClassTakes(String engine, String instanceClass, double limit) {
    assertThat(ConnectionLimit.of(engine, instanceClass).orElseThrow())
        .isCloseTo(limit, Offset.offset(3.0));
  }

  @ParameterizedTest
  @CsvSource({"db.z1d.large", "db.unknown", "db.m5.huge"})
  void aClassOfUnknownMemoryHasNoConnectionsAlarm(String instanceClass) {
    assertThat(ConnectionLimit.of("postgres", instanceClass)).isEmpty();
  }

  @Test
  void theLastAlarmToLearnOfANewOwnerSpeaksForTheSet() {
    Map<String, String> old = Map.of("highlyavailable.io/uid", "old", "team", "a");
    Map<String, String> now = Map.of("highlyavailable.io/uid", "new", "team", "a");
    assertThat(SetTags.of(List.of(now, old))).containsEntry("highlyavailable.io/uid", "old");
    assertThat(SetTags.of(List.of(now, now))).isEqualTo(now);
  }

  @Test
  void aTagThatNotAllAlarmsHaveCountsAsMissing() {
    Map<String, String> first = Map.of("highlyavailable.io/uid", "u", "team", "x");
    Map<String, String> last = Map.of("highlyavailable.io/uid", "u", "team", "a");
    assertThat(SetTags.of(List.of(first, last))).doesNotContainKey("team");
  }
}
