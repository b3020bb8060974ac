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

  private static Alarm alarm(String key) {
    return desired().alarms().get(APP.resourceName() + "-" + key);
  }

  private static RecoveryAlarms existing(Alarm alarm) {
    return new RecoveryAlarms(
        new AlarmSet(
            APP.resourceName(),
            new TreeMap<>(
                Map.of(
                    alarm.name(),
                    new AlarmSet.Existing(
                        "arn:alarm", alarm, AlarmSet.Actions.NONE, AlarmSet.State.NEW, Map.of()))),
            Map.of()));
  }

  @Test
  void watchesHowFarTheCopyIsBehindInTheRegionOfTheCopy() {
    assertThat(RULES.inRecoveryRegion()).isTrue();
    assertThat(desired().arnPrefix()).isEqualTo("arn:aws:cloudwatch:us-west-2:123456789012:alarm:");
    Alarm alarm = alarm("storage-replication-latency");
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
  void watchesHowOldTheNewestCopyOfBackupsIsOnceTheOperatorPublishesIt() {
    Alarm alarm = alarm("database-recovery-point-age");
    assertThat(alarm.threshold()).isEqualTo(75 * 60);
    assertThat(alarm.missingData()).isEqualTo("missing");
    assertThat(alarm.metric())
        .isEqualTo(
            new Metric.Single(
                "HighlyAvailableApp",
                "RecoveryPointAge",
                new TreeMap<>(Map.of("DBInstanceIdentifier", APP.databaseId())),
                "Minimum",
                300));
  }

  @Test
  void isWantedWithAlarmsAndSomethingThatIsCopied() {
    assertThat(RULES.wanted(APP)).isTrue();
    assertThat(RULES.wanted(shop().alarms(false).build())).isFalse();
    assertThat(RULES.wanted(shop().bucket(null).build())).isTrue();
    assertThat(RULES.wanted(shop().database(null).build())).isTrue();
    assertThat(RULES.wanted(shop().database(null).bucket(null).build())).isFalse();
    assertThat(RULES.wanted(shop().recovery(null).build())).isFalse();
  }

  @Test
  void putsAChangedThresholdBack() {
    Alarm wanted = alarm("storage-replication-latency");
    assertThat(RULES.differences(desired(), existing(wanted)))
        .extracting(Difference::field)
        .containsExactly(alarm("database-recovery-point-age").name());
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
        .contains(wanted.name());
  }
}
