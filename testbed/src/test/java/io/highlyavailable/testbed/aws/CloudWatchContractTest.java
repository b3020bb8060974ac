package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/** Source: PutMetricAlarm, DescribeAlarms, DeleteAlarms in the API reference of CloudWatch. */
class CloudWatchContractTest extends EmulatorTest {

  private final CloudWatchClient cloudWatch = client(CloudWatchClient.builder());

  private void put(String name, Consumer<PutMetricAlarmRequest.Builder> more) {
    cloudWatch.putMetricAlarm(
        b -> {
          b.alarmName(name)
              .namespace("AWS/RDS")
              .metricName("CPUUtilization")
              .statistic(Statistic.AVERAGE)
              .period(60)
              .evaluationPeriods(5)
              .threshold(80.0)
              .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
              .tags(tag("first"));
          more.accept(b);
        });
  }

  private static Tag tag(String value) {
    return Tag.builder().key("owner").value(value).build();
  }

  private MetricAlarm alarm(String name) {
    return cloudWatch.describeAlarms(b -> b.alarmNames(name)).metricAlarms().getFirst();
  }

  @Test
  void aNewAlarmHasInsufficientDataAndAChangedOneKeepsItsState() {
    put("cpu", b -> {});
    assertThat(alarm("cpu").stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);
    cloudWatch.setAlarmState(
        b -> b.alarmName("cpu").stateValue(StateValue.ALARM).stateReason("test"));

    put("cpu", b -> b.threshold(90.0));

    assertThat(alarm("cpu").stateValue()).isEqualTo(StateValue.ALARM);
    assertThat(alarm("cpu").threshold()).isEqualTo(90.0);
  }

  /** Source: MetricAlarm in the API reference of CloudWatch. */
  @Test
  void theTimeOfATransitionIsThatOfAnotherState() {
    put("cpu", b -> {});
    state("cpu", StateValue.ALARM, "first");
    var since = alarm("cpu").stateTransitionedTimestamp();
    state("cpu", StateValue.ALARM, "again");
    put("cpu", b -> b.threshold(90.0));

    assertThat(alarm("cpu").stateReason()).isEqualTo("again");
    assertThat(alarm("cpu").stateTransitionedTimestamp()).isEqualTo(since);
    state("cpu", StateValue.OK, "over");
    assertThat(alarm("cpu").stateTransitionedTimestamp()).isAfter(since);
  }

  private void state(String name, StateValue value, String reason) {
    cloudWatch.setAlarmState(b -> b.alarmName(name).stateValue(value).stateReason(reason));
  }

  @Test
  void tagsOfASecondPutAreIgnoredAndThoseOfADeletedAlarmAreGone() {
    put("cpu", b -> {});
    put("cpu", b -> b.tags(tag("second")));
    assertThat(tags()).containsExactly(tag("first"));

    cloudWatch.deleteAlarms(b -> b.alarmNames("cpu"));
    put("cpu", b -> b.tags(tag("third")));
    assertThat(tags()).containsExactly(tag("third"));
  }

  private java.util.List<Tag> tags() {
    return cloudWatch.listTagsForResource(b -> b.resourceARN(alarm("cpu").alarmArn())).tags();
  }

  private void compose(String name, String rule) {
    cloudWatch.putCompositeAlarm(b -> b.alarmName(name).alarmRule(rule).tags(tag("first")));
  }

  /** Source: PutCompositeAlarm and DeleteAlarms in the API reference of CloudWatch. */
  @Test
  void aCompositeAlarmNeedsTheAlarmsOfItsRuleAndGoesBeforeThem() {
    put("cpu", b -> {});
    put("disk", b -> {});
    refused("ValidationError", () -> compose("any", "ALARM(\"cpu\") OR ALARM(\"none\")"));
    compose("any", "ALARM(\"cpu\") OR ALARM(\"disk\")");
    compose("other", "ALARM(\"cpu\")");
    var all =
        cloudWatch.describeAlarms(
            b -> b.alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM));
    assertThat(all.metricAlarms()).hasSize(2);
    assertThat(all.compositeAlarms())
        .extracting(CompositeAlarm::alarmRule)
        .containsExactly("ALARM(\"cpu\") OR ALARM(\"disk\")", "ALARM(\"cpu\")");
    assertThat(cloudWatch.describeAlarms().compositeAlarms()).isEmpty();

    refused("ValidationError", () -> cloudWatch.deleteAlarms(b -> b.alarmNames("cpu")));
    refused("ValidationError", () -> cloudWatch.deleteAlarms(b -> b.alarmNames("any", "other")));
    cloudWatch.deleteAlarms(b -> b.alarmNames("any", "disk"));
    cloudWatch.deleteAlarms(b -> b.alarmNames("other"));
    cloudWatch.deleteAlarms(b -> b.alarmNames("cpu"));
  }

  @Test
  void describeAlarmsPages() {
    IntStream.range(100, 160).forEach(i -> put("alarm-" + i, b -> {}));
    assertThat(cloudWatch.describeAlarms().metricAlarms()).hasSize(50);
    var first = cloudWatch.describeAlarms(b -> b.maxRecords(40));
    var second = cloudWatch.describeAlarms(b -> b.maxRecords(40).nextToken(first.nextToken()));
    assertThat(first.metricAlarms()).hasSize(40);
    assertThat(second.metricAlarms()).hasSize(20);
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void filtersApplyTogether() {
    put("ha-one", b -> {});
    put("ha-two", b -> {});
    put("other", b -> {});
    cloudWatch.setAlarmState(
        b -> b.alarmName("ha-two").stateValue(StateValue.OK).stateReason("test"));
    assertThat(
            cloudWatch
                .describeAlarms(b -> b.alarmNamePrefix("ha-").stateValue(StateValue.OK))
                .metricAlarms())
        .extracting(MetricAlarm::alarmName)
        .containsExactly("ha-two");
  }

  @Test
  void impossibleAlarmsAreRefused() {
    refused("ValidationError", () -> put("a", b -> b.period(7)));
    refused("ValidationError", () -> put("a", b -> b.period(90)));
    refused("ValidationError", () -> put("a", b -> b.metricName(null)));
    refused("ValidationError", () -> put("a", b -> b.treatMissingData("maybe")));
    refused("ValidationError", () -> put("a", b -> b.datapointsToAlarm(6)));
    refused("ValidationError", () -> put("a", b -> b.period(300).evaluationPeriods(1000)));
    refused("InvalidParameterCombination", () -> put("a", b -> b.extendedStatistic("p99")));
    assertThat(cloudWatch.describeAlarms().metricAlarms()).isEmpty();
  }
}
