package io.highlyavailable.operator.component.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.RaisedAlarm;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Recovery;
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
    return SampleApp.unique().exposure(null).sessionStore(null).build();
  }

  private CloudWatchClient somebody() {
    return world.clients("somebody", CallListener.NONE).cloudWatch();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of(
        "storageGiB", setting("database", "storageGiB", 60),
        "instanceClass", setting("database", "instanceClass", "db.r6g.large"),
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
    String arn = "arn:aws:sns:us-east-1:123456789012:oncall";
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
        .containsExactly(arn);
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
