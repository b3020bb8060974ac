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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
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
    List<AlarmSet.Existing> alarms = describe(Names.PREFIX);
    return Listing.of(sets(alarms, alarms.isEmpty() ? Map.of() : taggedAlarms()));
  }

  @Override
  public Optional<AlarmSet> find(String name) {
    return sets(describe(name + "-"), Map.of()).stream()
        .filter(set -> set.name().equals(name))
        .findFirst();
  }

  /** Without their tags, which CloudWatch does not show here. */
  private List<AlarmSet.Existing> describe(String prefix) {
    var request =
        DescribeAlarmsRequest.builder()
            .alarmNamePrefix(prefix)
            .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
            .maxRecords(PAGE)
            .build();
    return clients.cloudWatch().describeAlarmsPaginator(request).stream()
        .flatMap(
            page ->
                Stream.concat(
                    page.metricAlarms().stream()
                        .map(alarm -> AlarmMapping.existing(alarm, Map.of())),
                    page.compositeAlarms().stream()
                        .map(alarm -> AlarmMapping.existing(alarm, Map.of()))))
        .toList();
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
      List<AlarmSet.Existing> alarms, Map<String, Map<String, String>> tagsByArn) {
    Map<String, SortedMap<String, AlarmSet.Existing>> byApp = new TreeMap<>();
    for (AlarmSet.Existing alarm : alarms) {
      Matcher name = NAME.matcher(alarm.name());
      if (name.matches()) {
        Map<String, String> known = tagsByArn.get(alarm.arn());
        Map<String, String> tags = known == null ? tagsOf(alarm.arn()) : known;
        byApp
            .computeIfAbsent(name.group(1), app -> new TreeMap<>())
            .put(alarm.name(), alarm.withTags(tags));
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
    inOrder(desired.alarms().values())
        .forEach(alarm -> made.put(alarm.name(), make(alarm, desired, tags)));
    return set(desired.name(), made);
  }

  /** A rule can name only alarms that are there, so the composite one comes last. */
  private static Stream<Alarm> inOrder(Collection<Alarm> alarms) {
    return alarms.stream().sorted(Comparator.comparing(Alarm::composite));
  }

  private void put(Alarm alarm, AlarmSet.Actions actions, Map<String, String> tags, boolean there) {
    if (alarm.metric() instanceof Metric.Rule rule) {
      clients.cloudWatch().putCompositeAlarm(AlarmMapping.request(alarm, rule, actions, tags));
    } else {
      clients
          .cloudWatch()
          .putMetricAlarm(AlarmMapping.request(alarm, actions, there ? Map.of() : tags));
    }
  }

  /** CloudWatch answers a put with nothing, so the ARN is built as it documents it. */
  private AlarmSet.Existing make(Alarm alarm, AlarmSetDesired desired, Map<String, String> tags) {
    AlarmSet.Actions actions = desired.notification().ofNew();
    Map<String, String> all = desired.notification().tags(tags);
    put(alarm, actions, all, false);
    return new AlarmSet.Existing(
        desired.arnPrefix() + alarm.name(), alarm, actions, AlarmSet.State.NEW, all);
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
    Set<String> fields = changes.stream().map(Difference::field).collect(Collectors.toSet());
    inOrder(desired.alarms().values())
        .filter(wanted -> fields.contains(wanted.name()))
        .forEach(wanted -> changed.put(wanted.name(), change(actual, desired, wanted)));
    fields.removeAll(desired.alarms().keySet());
    deleteAll(actual.alarms().values().stream().filter(it -> fields.contains(it.name())).toList());
    changed.keySet().removeAll(fields);
    return set(actual.name(), changed);
  }

  private AlarmSet.Existing change(AlarmSet actual, AlarmSetDesired desired, Alarm wanted) {
    AlarmSet.Existing existing = actual.alarms().get(wanted.name());
    return existing == null
        ? make(wanted, desired, actual.tags())
        : replace(existing, wanted, desired.notification());
  }

  /** Whoever is notified no more is forgotten last, so that a crash leaves nobody behind. */
  private AlarmSet.Existing replace(
      AlarmSet.Existing existing, Alarm wanted, Notification notification) {
    AlarmSet.Actions actions = notification.of(existing);
    if (!wanted.equals(existing.alarm()) || !actions.equals(existing.actions())) {
      put(wanted, actions, existing.tags(), true);
    }
    AlarmSet.Existing changed =
        new AlarmSet.Existing(existing.arn(), wanted, actions, existing.state(), existing.tags());
    return notification.known() && !notification.remembered(existing)
        ? tagged(changed, notification.tag())
        : changed;
  }

  private AlarmSet.Existing tagged(AlarmSet.Existing alarm, Map<String, String> tags) {
    clients
        .cloudWatch()
        .tagResource(request -> request.resourceARN(alarm.arn()).tags(AlarmMapping.tags(tags)));
    return alarm.withTags(Tags.with(alarm.tags(), tags));
  }

  @Override
  public AlarmSet tag(AlarmSet actual, Map<String, String> tags) {
    return retagged(actual, alarm -> tagged(alarm, tags));
  }

  @Override
  public AlarmSet untag(AlarmSet actual, List<String> keys) {
    return retagged(
        actual,
        alarm -> {
          clients
              .cloudWatch()
              .untagResource(request -> request.resourceARN(alarm.arn()).tagKeys(keys));
          return alarm.withTags(Tags.without(alarm.tags(), keys));
        });
  }

  /** In order of name, see {@link SetTags}. */
  private static AlarmSet retagged(AlarmSet actual, UnaryOperator<AlarmSet.Existing> each) {
    SortedMap<String, AlarmSet.Existing> changed = new TreeMap<>(actual.alarms());
    changed.replaceAll((name, alarm) -> each.apply(alarm));
    return set(actual.name(), changed);
  }

  /** CloudWatch says nothing about alarms that are gone already. */
  @Override
  public Optional<AlarmSet> delete(AlarmSet actual, Disposal disposal) {
    deleteAll(actual.alarms().values());
    return Optional.empty();
  }

  /** The composite one first, alone: while it goes by others they cannot be deleted. */
  private void deleteAll(Collection<AlarmSet.Existing> alarms) {
    Map<Boolean, List<String>> names =
        alarms.stream()
            .collect(
                Collectors.partitioningBy(
                    it -> it.alarm().composite(),
                    Collectors.mapping(AlarmSet.Existing::name, Collectors.toList())));
    names.get(true).forEach(name -> delete(List.of(name)));
    List<String> others = names.get(false);
    for (int from = 0; from < others.size(); from += DELETE_BATCH) {
      delete(others.subList(from, Math.min(others.size(), from + DELETE_BATCH)));
    }
  }

  private void delete(List<String> names) {
    clients.cloudWatch().deleteAlarms(request -> request.alarmNames(names));
  }
}
