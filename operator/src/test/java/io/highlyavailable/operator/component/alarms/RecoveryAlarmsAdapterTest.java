package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Recovery;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

class RecoveryAlarmsAdapterTest extends AdapterContract<AlarmSetDesired, RecoveryAlarms> {
  RecoveryAlarmsAdapterTest() {
    super(new RecoveryAlarmsModule(), List.of());
  }

  @Override
  protected App sample() {
    return SampleApp.unique()
        .recovery(new Recovery(KnownUpstream.RECOVERY_REGION, true, true, true))
        .build();
  }

  @Override
  protected Map<String, Consumer<RecoveryAlarms>> drifts() {
    return Map.of(
        "storage-replication-latency",
        alarms -> deafen(alarms, "storage-replication-latency"),
        "database-recovery-point-age",
        alarms -> deafen(alarms, "database-recovery-point-age"));
  }

  @Override
  protected String field(String key) {
    return app.resourceName() + "-" + key;
  }

  private void deafen(RecoveryAlarms alarms, String key) {
    AlarmSet.Existing existing = alarms.set().alarms().get(field(key));
    Alarm alarm = existing.alarm();
    Alarm deaf =
        new Alarm(
            alarm.name(),
            alarm.description(),
            alarm.metric(),
            alarm.threshold() * 100,
            alarm.comparison(),
            alarm.evaluationPeriods(),
            alarm.datapointsToAlarm(),
            alarm.missingData());
    world
        .clients("somebody", CallListener.NONE, KnownUpstream.RECOVERY_REGION)
        .cloudWatch()
        .putMetricAlarm(AlarmMapping.request(deaf, existing.actions(), Map.of()));
  }
}
