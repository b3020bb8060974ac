package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailureException;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.SetTags;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/**
 * Alarms at CloudWatch. Its listing shows no tags, so the tagging API's listing is joined to it;
 * alarms that the tagging API does not know yet are asked for one by one.
 */
public final class AlarmSetAdapter implements Adapter<AlarmSetDesired, AlarmSet> {
  /** The largest page of both listings. */
  private static final int PAGE = 100;

  /** The most alarms that one call deletes. */
  private static final int DELETE_BATCH = 100;

  /** An app's resource name ends with 13 base32 characters; the rest names the alarm. */
  private static final Pattern NAME = Pattern.compile("(ha-(?:[a-z0-9-]+-)?[a-z2-7]{13})-(.+)");

  private final AwsClients clients;

  AlarmSetAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "monitoring";
  }

  @Override
  public Listing<AlarmSet> list() {
    List<MetricAlarm> alarms = describe(Names.PREFIX);
    return Listing.of(sets(alarms, alarms.isEmpty() ? Map.of() : taggedAlarms()));
  }

  @Override
  public Optional<AlarmSet> find(String name) {
    return sets(describe(name + "-"), Map.of()).stream()
        .filter(set -> set.name().equals(name))
        .findFirst();
  }

  private List<MetricAlarm> describe(String prefix) {
    var request =
        DescribeAlarmsRequest.builder()
            .alarmNamePrefix(prefix)
            .alarmTypes(AlarmType.METRIC_ALARM)
            .maxRecords(PAGE)
            .build();
    return clients.cloudWatch().describeAlarmsPaginator(request).metricAlarms().stream().toList();
  }

  private Map<String, Map<String, String>> taggedAlarms() {
    var request =
        GetResourcesRequest.builder()
            .resourceTypeFilters("cloudwatch:alarm")
            .tagFilters(TagFilter.builder().key(OwnershipTags.CLUSTER_ID).build())
            .resourcesPerPage(PAGE)
            .build();
    Map<String, Map<String, String>> byArn = new HashMap<>();
    clients
        .tagging()
        .getResourcesPaginator(request)
        .resourceTagMappingList()
        .forEach(
            found ->
                byArn.put(
                    found.resourceARN(),
                    found.tags().stream()
                        .collect(Collectors.toMap(tag -> tag.key(), tag -> tag.value()))));
    return byArn;
  }

  private List<AlarmSet> sets(
      List<MetricAlarm> alarms, Map<String, Map<String, String>> tagsByArn) {
    Map<String, SortedMap<String, AlarmSet.Existing>> byApp = new TreeMap<>();
    for (MetricAlarm alarm : alarms) {
      Matcher name = NAME.matcher(alarm.alarmName());
      if (name.matches()) {
        Map<String, String> known = tagsByArn.get(alarm.alarmArn());
        Map<String, String> tags = known == null ? tagsOf(alarm.alarmArn()) : known;
        byApp
            .computeIfAbsent(name.group(1), app -> new TreeMap<>())
            .put(alarm.alarmName(), AlarmMapping.existing(alarm, tags));
      }
    }
    return byApp.entrySet().stream().map(app -> set(app.getKey(), app.getValue())).toList();
  }

  private Map<String, String> tagsOf(String arn) {
    try {
      return clients
          .cloudWatch()
          .listTagsForResource(request -> request.resourceARN(arn))
          .tags()
          .stream()
          .collect(Collectors.toMap(Tag::key, Tag::value));
    } catch (ResourceNotFoundException e) {
      return Map.of();
    }
  }

  private static AlarmSet set(String name, SortedMap<String, AlarmSet.Existing> alarms) {
    return new AlarmSet(
        name, alarms, SetTags.of(alarms.values().stream().map(AlarmSet.Existing::tags).toList()));
  }

  /** A put would overwrite an alarm of somebody else without a word, so it is looked for first. */
  @Override
  public AlarmSet create(AlarmSetDesired desired, Map<String, String> tags) {
    if (!describe(desired.name() + "-").isEmpty()) {
      throw new CloudFailureException(taken(desired.name()));
    }
    SortedMap<String, AlarmSet.Existing> made = new TreeMap<>();
    desired
        .alarms()
        .values()
        .forEach(alarm -> made.put(alarm.name(), make(alarm, desired.arnPrefix(), tags)));
    return set(desired.name(), made);
  }

  /** CloudWatch answers a put with nothing, so the ARN is built as it documents it. */
  private AlarmSet.Existing make(Alarm alarm, String arnPrefix, Map<String, String> tags) {
    clients.cloudWatch().putMetricAlarm(AlarmMapping.request(alarm, AlarmSet.Actions.NONE, tags));
    return new AlarmSet.Existing(
        arnPrefix + alarm.name(), alarm, AlarmSet.Actions.NONE, AlarmSet.State.NEW, tags);
  }

  private static CloudFailure taken(String name) {
    return new CloudFailure(
        CloudFailure.Kind.EXISTS,
        "cloudwatch:PutMetricAlarm",
        "AlarmAlreadyExists",
        "alarms called " + name + "-* are there already",
        "",
        false);
  }

  @Override
  public AlarmSet update(AlarmSet actual, AlarmSetDesired desired, List<Difference> changes) {
    SortedMap<String, AlarmSet.Existing> changed = new TreeMap<>(actual.alarms());
    List<String> surplus = new ArrayList<>();
    for (Difference change : changes) {
      Alarm wanted = desired.alarms().get(change.field());
      AlarmSet.Existing existing = actual.alarms().get(change.field());
      if (wanted == null) {
        surplus.add(change.field());
      } else {
        changed.put(
            wanted.name(),
            existing == null
                ? make(wanted, desired.arnPrefix(), actual.tags())
                : replace(existing, wanted));
      }
    }
    deleteAll(surplus);
    changed.keySet().removeAll(surplus);
    return set(actual.name(), changed);
  }

  private AlarmSet.Existing replace(AlarmSet.Existing existing, Alarm wanted) {
    clients.cloudWatch().putMetricAlarm(AlarmMapping.request(wanted, existing.actions(), Map.of()));
    return new AlarmSet.Existing(
        existing.arn(), wanted, existing.actions(), existing.state(), existing.tags());
  }

  @Override
  public AlarmSet tag(AlarmSet actual, Map<String, String> tags) {
    return retagged(
        actual,
        alarm -> {
          clients
              .cloudWatch()
              .tagResource(
                  request -> request.resourceARN(alarm.arn()).tags(AlarmMapping.tags(tags)));
          return Tags.with(alarm.tags(), tags);
        });
  }

  @Override
  public AlarmSet untag(AlarmSet actual, List<String> keys) {
    return retagged(
        actual,
        alarm -> {
          clients
              .cloudWatch()
              .untagResource(request -> request.resourceARN(alarm.arn()).tagKeys(keys));
          return Tags.without(alarm.tags(), keys);
        });
  }

  /** In order of name, see {@link SetTags}. */
  private static AlarmSet retagged(
      AlarmSet actual, java.util.function.Function<AlarmSet.Existing, Map<String, String>> retag) {
    UnaryOperator<AlarmSet.Existing> each =
        alarm ->
            new AlarmSet.Existing(
                alarm.arn(), alarm.alarm(), alarm.actions(), alarm.state(), retag.apply(alarm));
    SortedMap<String, AlarmSet.Existing> changed = new TreeMap<>(actual.alarms());
    changed.replaceAll((name, alarm) -> each.apply(alarm));
    return set(actual.name(), changed);
  }

  /** CloudWatch says nothing about alarms that are gone already. */
  @Override
  public Optional<AlarmSet> delete(AlarmSet actual, Disposal disposal) {
    deleteAll(List.copyOf(actual.alarms().keySet()));
    return Optional.empty();
  }

  private void deleteAll(List<String> names) {
    for (int from = 0; from < names.size(); from += DELETE_BATCH) {
      List<String> batch = names.subList(from, Math.min(names.size(), from + DELETE_BATCH));
      clients.cloudWatch().deleteAlarms(request -> request.alarmNames(batch));
    }
  }
}
