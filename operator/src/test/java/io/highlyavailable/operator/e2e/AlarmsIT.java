package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.api.v1alpha1.AlarmStatus;
import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.api.v1alpha1.Phase;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** What alarms say is in the status, and the app is degraded while they say that users suffer. */
@WithRig
class AlarmsIT {
  private static void set(Rig rig, AppRig app, String key, StateValue state) {
    rig.aws()
        .cloudWatch()
        .setAlarmState(
            it ->
                it.alarmName(app.aws().resource() + "-" + key)
                    .stateValue(state)
                    .stateReason("Threshold Crossed: 3 datapoints [97.0]"));
  }

  @Test
  void anAlarmThatUsersFeelMakesTheAppDegradedUntilItEnds(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    String cpu = app.aws().resource() + "-database-cpu";
    String errors = app.aws().resource() + "-target-5xx";

    set(rig, app, "database-cpu", StateValue.ALARM);
    app.eventually(() -> assertThat(app.message("monitoring")).isEqualTo("in state ALARM: " + cpu));
    assertThat(app.status().phase()).isEqualTo(Phase.READY);

    set(rig, app, "target-5xx", StateValue.ALARM);
    app.eventually(
        () -> {
          assertThat(app.status().phase()).isEqualTo(Phase.DEGRADED);
          assertThat(app.condition("Ready").reason()).isEqualTo("UsersAffected");
          assertThat(app.condition("Ready").message()).startsWith(errors + ": ");
          assertThat(app.condition("MonitoringReady").status()).isEqualTo(ConditionStatus.TRUE);
          assertThat(app.component("monitoring").alarms())
              .extracting(AlarmStatus::name)
              .containsExactly(cpu, errors);
        });
    app.eventually(
        () ->
            assertThat(app.events("Alarm"))
                .anySatisfy(
                    line -> assertThat(line).startsWith(errors).contains("Threshold Crossed")));

    set(rig, app, "target-5xx", StateValue.OK);
    app.awaitReady();
    app.eventually(
        () -> assertThat(app.events("AlarmEnded")).singleElement().asString().startsWith(errors));

    app.patch("spec: {monitoring: {cloudWatch: {notify: [ops@example.com]}}}");
    app.eventually(
        () -> {
          assertThat(app.component("alarm-topic").nextStep()).startsWith("ops@example.com: follow");
          assertThat(app.aws().alarms().values())
              .allSatisfy(
                  alarm ->
                      assertThat(alarm.alarmActions())
                          .containsExactly(app.component("alarm-topic").id()));
        });
    app.awaitReady();
  }
}
