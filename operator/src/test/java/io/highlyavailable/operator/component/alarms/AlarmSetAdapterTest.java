package io.highlyavailable.operator.component.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.RaisedAlarm;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.topic.Topic;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Recovery;
import io.highlyavailable.operator.model.TableSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

class AlarmSetAdapterTest extends AdapterContract<AlarmSetDesired, AlarmSet> {
  AlarmSetAdapterTest() {
    super(new AlarmSetModule(), List.of());
  }

  @Override
  protected App sample() {
    return SampleApp.unique().exposure(null).sessionStore(null).notifying(ON_CALL).build();
  }

  private static final String ON_CALL = "arn:aws:sns:us-east-1:123456789012:oncall";
  private static final String ANOTHER = "arn:aws:sns:us-east-1:123456789012:another";

  private CloudWatchClient somebody() {
    return world.clients("somebody", CallListener.NONE).cloudWatch();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of(
        "storageGiB",
        setting("database", "storageGiB", 60),
        "notify",
        it -> Records.with(it, "recipients", List.of(ANOTHER)),
        "instanceClass",
        setting("database", "instanceClass", "db.r6g.large"),
        "storageReplication",
        it -> Records.with(it, "recovery", new Recovery("us-west-2", false, true, true)));
  }

  @Override
  protected Map<String, Consumer<AlarmSet>> drifts() {
    return Map.of(
        "database-cpu",
        set -> put(set, name("database-cpu"), 99),
        "database-storage",
        set -> somebody().deleteAlarms(request -> request.alarmNames(name("database-storage"))),
        "surplus",
        set -> putTagged(set, name("surplus")));
  }

  @Override
  protected String field(String key) {
    return name(key);
  }

  private String name(String key) {
    return app.resourceName() + "-" + key;
  }

  private void put(AlarmSet set, String name, double threshold) {
    AlarmSet.Existing existing = set.alarms().get(name);
    Alarm alarm = existing.alarm();
    Alarm changed =
        new Alarm(
            alarm.name(),
            alarm.description(),
            alarm.metric(),
            threshold,
            alarm.comparison(),
            alarm.evaluationPeriods(),
            alarm.datapointsToAlarm(),
            alarm.missingData());
    somebody().putMetricAlarm(AlarmMapping.request(changed, existing.actions(), Map.of()));
  }

  private void putTagged(AlarmSet set, String name) {
    Alarm like = set.alarms().firstEntry().getValue().alarm();
    Alarm surplus =
        new Alarm(name, "", like.metric(), 1, like.comparison(), 1, 1, like.missingData());
    somebody().putMetricAlarm(AlarmMapping.request(surplus, AlarmSet.Actions.NONE, set.tags()));
  }

  @Test
  void keepsTheActionsThatSomebodyAdded() {
    create();
    String arn = "arn:aws:sns:us-east-1:123456789012:theirs";
    AlarmSet.Existing cpu = observed().orElseThrow().alarms().get(name("database-cpu"));
    var actions = new AlarmSet.Actions(true, List.of(arn), List.of(), List.of());
    Alarm alarm = cpu.alarm();
    Alarm changed =
        new Alarm(alarm.name(), "changed", alarm.metric(), 1, alarm.comparison(), 1, 1, "missing");
    somebody().putMetricAlarm(AlarmMapping.request(changed, actions, Map.of()));
    AlarmSet drifted = observed().orElseThrow();
    adapter.update(drifted, desired, component.differences(desired, drifted));
    AlarmSet repaired = observed().orElseThrow();
    assertThat(component.differences(desired, repaired)).isEmpty();
    assertThat(repaired.alarms().get(name("database-cpu")).actions().onAlarm())
        .containsExactly(arn, ON_CALL);
  }

  /** As desired once the topic of the addresses is there. */
  private AlarmSetDesired mailing(String address) {
    String topic = "arn:aws:sns:us-east-1:123456789012:" + app.resourceName();
    var upstream =
        new KnownUpstream(world.settings())
            .ready(Topic.OF_APP, new Topic(app.resourceName(), topic, "", List.of(), Map.of()));
    var wanted = Records.with(app, "recipients", List.of(address));
    return ((Desired.Known<AlarmSetDesired>) component.desired(wanted, upstream)).state();
  }

  @Test
  void notifiesWhomItIsAskedToAndNobodyElseAnyMore() {
    assertThat(create().alarms().values())
        .allSatisfy(it -> assertThat(it.actions().onAlarm()).containsExactly(ON_CALL));
    AlarmSetDesired next = mailing("ops@example.com");
    String topic = "arn:aws:sns:us-east-1:123456789012:" + app.resourceName();

    adapter.update(
        observed().orElseThrow(), next, component.differences(next, observed().orElseThrow()));
    assertThat(observed().orElseThrow().alarms().values())
        .allSatisfy(it -> assertThat(it.actions().onAlarm()).containsExactly(topic));
    assertThat(component.differences(next, observed().orElseThrow())).isEmpty();

    AlarmSetDesired nobody = desiredOf(Records.with(app, "recipients", List.of()));
    adapter.update(
        observed().orElseThrow(), nobody, component.differences(nobody, observed().orElseThrow()));
    assertThat(observed().orElseThrow().alarms().values())
        .allSatisfy(it -> assertThat(it.actions().onAlarm()).isEmpty());
  }

  @Test
  void theCompositeAlarmIsMadeLastAndGoesBeforeWhatItGoesBy() {
    var key = new TableSettings.Key("id", "S");
    app =
        SampleApp.unique()
            .exposure(null)
            .sessionStore(null)
            .notifying(ON_CALL)
            .table(new TableSettings(key, null, true, "", DeletionPolicy.SNAPSHOT))
            .build();
    desired = desiredOf(app);
    assertThat(differences(create())).isEmpty();
    AlarmSet.Existing unavailable = observed().orElseThrow().alarms().get(name("unavailable"));
    assertThat(unavailable.alarm().metric())
        .isEqualTo(
            new Metric.Rule(
                "ALARM(\"%s\") OR ALARM(\"%s\") OR ALARM(\"%s\")"
                    .formatted(
                        name("table-read-throttles"),
                        name("table-system-errors"),
                        name("table-write-throttles"))));
    assertThat(unavailable.actions().onAlarm()).containsExactly(ON_CALL);
    assertThat(differences(observed().orElseThrow())).isEmpty();

    somebody()
        .putCompositeAlarm(
            it ->
                it.alarmName(name("unavailable"))
                    .alarmRule("ALARM(\"" + name("table-read-throttles") + "\")"));
    AlarmSet drifted = observed().orElseThrow();
    assertThat(differences(drifted)).containsExactly(name("unavailable"));
    adapter.update(drifted, desired, component.differences(desired, drifted));
    assertThat(differences(observed().orElseThrow())).isEmpty();

    adapter.delete(observed().orElseThrow(), new Disposal.Delete());
    assertThat(observed()).isEmpty();
  }

  @Test
  void seesWhichAlarmsAreOnSinceWhenAndWhy() {
    assertThat(create().raised()).isEmpty();
    String cpu = name("database-cpu");
    somebody()
        .setAlarmState(
            it -> it.alarmName(cpu).stateValue(StateValue.ALARM).stateReason("1 datapoint [97.0]"));

    AlarmSet.Existing on = observed().orElseThrow().alarms().get(cpu);
    assertThat(on.state().alarm()).isTrue();
    assertThat(observed().orElseThrow().raised())
        .containsExactly(
            new RaisedAlarm(
                cpu, on.state().since(), on.alarm().description(), "1 datapoint [97.0]", false));
    assertThat(Duration.between(on.state().since(), Instant.now())).isLessThan(Duration.ofHours(1));

    adapter.update(
        observed().orElseThrow(),
        desiredOf(setting("database", "storageGiB", 60).apply(app)),
        component.differences(
            desiredOf(setting("database", "storageGiB", 60).apply(app)), observed().orElseThrow()));
    assertThat(observed().orElseThrow().alarms().get(cpu).state()).isEqualTo(on.state());
  }

  @Test
  void anAlarmOfSomebodyElseMakesTheSetForeign() {
    create();
    Alarm like = desired.alarms().firstEntry().getValue();
    Alarm foreign =
        new Alarm(name("zzz"), "", like.metric(), 1, like.comparison(), 1, 1, "missing");
    somebody().putMetricAlarm(AlarmMapping.request(foreign, AlarmSet.Actions.NONE, Map.of()));
    assertThat(observed().orElseThrow().tags()).doesNotContainKey("highlyavailable.io/uid");
  }

  @Test
  void listsEveryPage() {
    create();
    Alarm like = desired.alarms().firstEntry().getValue();
    IntStream.range(0, 101)
        .mapToObj(i -> name("page-" + i))
        .map(n -> new Alarm(n, "", like.metric(), 1, like.comparison(), 1, 1, "missing"))
        .forEach(
            alarm ->
                somebody()
                    .putMetricAlarm(AlarmMapping.request(alarm, AlarmSet.Actions.NONE, tags())));
    assertThat(observed().orElseThrow().alarms()).hasSize(101 + desired.alarms().size());
    adapter.delete(observed().orElseThrow(), new Disposal.Delete());
    assertThat(observed()).isEmpty();
  }
}
