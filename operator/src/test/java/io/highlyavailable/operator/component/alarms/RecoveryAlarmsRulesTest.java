package io.highlyavailable.operator.component.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.Recovery;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecoveryAlarmsRulesTest {
  private static final RecoveryAlarmsRules RULES = new RecoveryAlarmsRules();
  private static final App APP = shop().build();

  private static SampleApp shop() {
    return SampleApp.named("shop")
        .recovery(new Recovery(KnownUpstream.RECOVERY_REGION, true, true, true));
  }

  private static AlarmSetDesired desired() {
    return ((Desired.Known<AlarmSetDesired>) RULES.desired(APP, new KnownUpstream())).state();
  }

  private static RecoveryAlarms existing(Alarm alarm) {
    return new RecoveryAlarms(
        new AlarmSet(
            APP.resourceName(),
            new TreeMap<>(
                Map.of(
                    alarm.name(),
                    new AlarmSet.Existing("arn:alarm", alarm, AlarmSet.Actions.NONE, Map.of()))),
            Map.of()));
  }

  @Test
  void watchesHowFarTheCopyIsBehindInTheRegionOfTheCopy() {
    assertThat(RULES.inRecoveryRegion()).isTrue();
    assertThat(desired().arnPrefix()).isEqualTo("arn:aws:cloudwatch:us-west-2:123456789012:alarm:");
    Alarm alarm = desired().alarms().firstEntry().getValue();
    assertThat(alarm.name()).isEqualTo(APP.resourceName() + "-storage-replication-latency");
    assertThat(alarm.threshold()).isEqualTo(3600);
    Metric.Single metric = (Metric.Single) alarm.metric();
    assertThat(metric.name()).isEqualTo("ReplicationLatency");
    assertThat(metric.dimensions())
        .containsEntry("RuleId", "recovery")
        .containsEntry("SourceBucket", Names.bucket(APP.identity(), "123456789012"))
        .containsEntry(
            "DestinationBucket", Names.replica(APP.identity(), "123456789012", "us-west-2"));
  }

  @Test
  void isWantedWithAlarmsAndACopiedBucket() {
    assertThat(RULES.wanted(APP)).isTrue();
    assertThat(RULES.wanted(shop().alarms(false).build())).isFalse();
    assertThat(RULES.wanted(shop().bucket(null).build())).isFalse();
    assertThat(RULES.wanted(shop().recovery(null).build())).isFalse();
  }

  @Test
  void putsAChangedThresholdBack() {
    Alarm wanted = desired().alarms().firstEntry().getValue();
    assertThat(RULES.differences(desired(), existing(wanted))).isEmpty();
    Alarm other =
        new Alarm(
            wanted.name(),
            wanted.description(),
            wanted.metric(),
            60,
            wanted.comparison(),
            wanted.evaluationPeriods(),
            wanted.datapointsToAlarm(),
            wanted.missingData());
    assertThat(RULES.differences(desired(), existing(other)))
        .extracting(Difference::field)
        .containsExactly(wanted.name());
  }
}
