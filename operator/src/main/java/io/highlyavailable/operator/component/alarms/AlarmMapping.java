package io.highlyavailable.operator.component.alarms;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/** Alarms in CloudWatch's words, there and back. */
final class AlarmMapping {
  /** The id of the expression that an alarm compares. */
  private static final String RESULT = "result";

  private AlarmMapping() {}

  /** Put replaces the whole alarm, so what is not ours is put as it was found. */
  static PutMetricAlarmRequest request(
      Alarm alarm, AlarmSet.Actions actions, Map<String, String> tags) {
    PutMetricAlarmRequest.Builder request =
        PutMetricAlarmRequest.builder()
            .alarmName(alarm.name())
            .alarmDescription(alarm.description())
            .threshold(alarm.threshold())
            .comparisonOperator(alarm.comparison())
            .evaluationPeriods(alarm.evaluationPeriods())
            .datapointsToAlarm(alarm.datapointsToAlarm())
            .treatMissingData(alarm.missingData())
            .actionsEnabled(actions.enabled())
            .alarmActions(actions.onAlarm())
            .okActions(actions.onOk())
            .insufficientDataActions(actions.onInsufficientData());
    metric(request, alarm.metric());
    return tags.isEmpty() ? request.build() : request.tags(tags(tags)).build();
  }

  /** Tags count only when it is made; IAM looks at them each time. */
  static PutCompositeAlarmRequest request(
      Alarm alarm, Metric.Rule rule, AlarmSet.Actions actions, Map<String, String> tags) {
    return PutCompositeAlarmRequest.builder()
        .alarmName(alarm.name())
        .alarmDescription(alarm.description())
        .alarmRule(rule.text())
        .actionsEnabled(actions.enabled())
        .alarmActions(actions.onAlarm())
        .okActions(actions.onOk())
        .insufficientDataActions(actions.onInsufficientData())
        .tags(tags(tags))
        .build();
  }

  static AlarmSet.Existing existing(CompositeAlarm alarm, Map<String, String> tags) {
    return new AlarmSet.Existing(
        alarm.alarmArn(),
        Alarm.over(
            alarm.alarmName(),
            text(alarm.alarmDescription()),
            new Metric.Rule(text(alarm.alarmRule()))),
        new AlarmSet.Actions(
            !Boolean.FALSE.equals(alarm.actionsEnabled()),
            alarm.alarmActions(),
            alarm.okActions(),
            alarm.insufficientDataActions()),
        state(
            alarm.stateValueAsString(),
            alarm.stateTransitionedTimestamp(),
            alarm.stateUpdatedTimestamp(),
            alarm.stateReason()),
        tags);
  }

  private static void metric(PutMetricAlarmRequest.Builder request, Metric metric) {
    switch (metric) {
      case Metric.Single single -> single(request, single);
      case Metric.Math math -> request.metrics(queries(math));
      case Metric.Rule rule -> throw new IllegalArgumentException("no metric: " + rule);
      case Metric.Other other -> throw new IllegalArgumentException("not one of ours: " + other);
    }
  }

  private static void single(PutMetricAlarmRequest.Builder request, Metric.Single single) {
    request
        .namespace(single.namespace())
        .metricName(single.name())
        .dimensions(dimensions(single.dimensions()))
        .period(single.periodSeconds());
    if (isPercentile(single.statistic())) {
      request.extendedStatistic(single.statistic());
    } else {
      request.statistic(single.statistic());
    }
  }

  private static boolean isPercentile(String statistic) {
    return statistic.startsWith("p");
  }

  private static List<MetricDataQuery> queries(Metric.Math math) {
    List<MetricDataQuery> queries =
        math.inputs().entrySet().stream()
            .map(input -> query(input.getKey(), input.getValue()))
            .collect(Collectors.toList());
    queries.add(
        MetricDataQuery.builder()
            .id(RESULT)
            .expression(math.expression())
            .returnData(true)
            .build());
    return queries;
  }

  private static MetricDataQuery query(String id, Metric.Single single) {
    return MetricDataQuery.builder()
        .id(id)
        .returnData(false)
        .metricStat(
            stat ->
                stat.stat(single.statistic())
                    .period(single.periodSeconds())
                    .metric(
                        metric ->
                            metric
                                .namespace(single.namespace())
                                .metricName(single.name())
                                .dimensions(dimensions(single.dimensions()))))
        .build();
  }

  static AlarmSet.Existing existing(MetricAlarm alarm, Map<String, String> tags) {
    return new AlarmSet.Existing(
        alarm.alarmArn(),
        new Alarm(
            alarm.alarmName(),
            text(alarm.alarmDescription()),
            metric(alarm),
            alarm.threshold() == null ? Double.NaN : alarm.threshold(),
            text(alarm.comparisonOperatorAsString()),
            alarm.evaluationPeriods(),
            alarm.datapointsToAlarm() == null
                ? alarm.evaluationPeriods()
                : alarm.datapointsToAlarm(),
            alarm.treatMissingData() == null ? "missing" : alarm.treatMissingData()),
        new AlarmSet.Actions(
            !Boolean.FALSE.equals(alarm.actionsEnabled()),
            alarm.alarmActions(),
            alarm.okActions(),
            alarm.insufficientDataActions()),
        state(
            alarm.stateValueAsString(),
            alarm.stateTransitionedTimestamp(),
            alarm.stateUpdatedTimestamp(),
            alarm.stateReason()),
        tags);
  }

  /** The time of a state also moves with how the alarm is evaluated; that of a transition not. */
  private static AlarmSet.State state(
      @Nullable String value,
      @Nullable Instant transitioned,
      @Nullable Instant updated,
      @Nullable String reason) {
    Instant since = transitioned == null ? updated : transitioned;
    return new AlarmSet.State(text(value), since == null ? Instant.EPOCH : since, text(reason));
  }

  private static Metric metric(MetricAlarm alarm) {
    if (!alarm.metrics().isEmpty()) {
      return math(alarm.metrics());
    }
    if (alarm.metricName() == null || alarm.period() == null) {
      return new Metric.Other("no single metric");
    }
    String statistic =
        alarm.extendedStatistic() == null
            ? text(alarm.statisticAsString())
            : alarm.extendedStatistic();
    return new Metric.Single(
        text(alarm.namespace()),
        alarm.metricName(),
        dimensions(alarm.dimensions()),
        statistic,
        alarm.period());
  }

  private static Metric math(List<MetricDataQuery> queries) {
    List<MetricDataQuery> expressions =
        queries.stream().filter(query -> query.expression() != null).toList();
    if (expressions.size() != 1 || !RESULT.equals(expressions.getFirst().id())) {
      return new Metric.Other(queries.size() + " metric queries");
    }
    SortedMap<String, Metric.Single> inputs = new TreeMap<>();
    queries.stream()
        .filter(query -> query.metricStat() != null)
        .forEach(query -> inputs.put(query.id(), input(query)));
    return new Metric.Math(expressions.getFirst().expression(), inputs);
  }

  private static Metric.Single input(MetricDataQuery query) {
    var metric = query.metricStat().metric();
    return new Metric.Single(
        text(metric.namespace()),
        text(metric.metricName()),
        dimensions(metric.dimensions()),
        text(query.metricStat().stat()),
        query.metricStat().period());
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static SortedMap<String, String> dimensions(Collection<Dimension> dimensions) {
    SortedMap<String, String> map = new TreeMap<>();
    dimensions.forEach(dimension -> map.put(dimension.name(), dimension.value()));
    return map;
  }

  private static List<Dimension> dimensions(SortedMap<String, String> dimensions) {
    return dimensions.entrySet().stream()
        .map(entry -> Dimension.builder().name(entry.getKey()).value(entry.getValue()).build())
        .toList();
  }

  static List<Tag> tags(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }
}
