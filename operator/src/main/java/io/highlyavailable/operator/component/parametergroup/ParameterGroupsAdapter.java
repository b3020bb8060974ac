package io.highlyavailable.operator.component.parametergroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.SetTags;
import io.highlyavailable.operator.component.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.model.DBParameterGroup;
import software.amazon.awssdk.services.rds.model.DbParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DescribeDbParameterGroupsRequest;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * DB parameter groups at RDS. Their listing shows neither tags nor parameters, nor can it be asked
 * for one app's: so it gives names, and an app's details are read of the groups it last showed.
 */
public final class ParameterGroupsAdapter
    implements Adapter<ParameterGroupsDesired, ParameterGroups> {
  /** RDS's largest page. */
  private static final int PAGE = 100;

  /** An app's resource name ends with 13 base32 characters; the rest is the family. */
  private static final Pattern NAME =
      Pattern.compile("(ha-(?:[a-z0-9-]+-)?[a-z2-7]{13})-((?:postgres|mysql|mariadb)[0-9-]+)");

  private static final String DESCRIPTION = "Forces TLS for a HighlyAvailableApp's database";

  private final AwsClients clients;
  private final Map<String, SortedMap<String, DBParameterGroup>> shown = new ConcurrentHashMap<>();

  ParameterGroupsAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "rds";
  }

  @Override
  public Listing<ParameterGroups> list() {
    Map<String, SortedMap<String, DBParameterGroup>> byApp = all();
    shown.putAll(byApp);
    shown.keySet().retainAll(byApp.keySet());
    return Listing.ofNames(byApp.keySet());
  }

  private Map<String, SortedMap<String, DBParameterGroup>> all() {
    var request = DescribeDbParameterGroupsRequest.builder().maxRecords(PAGE).build();
    Map<String, SortedMap<String, DBParameterGroup>> byApp = new TreeMap<>();
    for (DBParameterGroup group :
        clients.rds().describeDBParameterGroupsPaginator(request).dbParameterGroups()) {
      Matcher name = NAME.matcher(group.dbParameterGroupName());
      if (name.matches()) {
        byApp
            .computeIfAbsent(name.group(1), app -> new TreeMap<>())
            .put(group.dbParameterGroupName(), group);
      }
    }
    return byApp;
  }

  @Override
  public Optional<ParameterGroups> find(String name) {
    SortedMap<String, DBParameterGroup> groups =
        Optional.ofNullable(shown.get(name)).orElseGet(() -> all().getOrDefault(name, none()));
    SortedMap<String, ParameterGroups.Existing> found = new TreeMap<>();
    groups.forEach((key, group) -> read(group).ifPresent(row -> found.put(key, row)));
    return found.isEmpty() ? Optional.empty() : Optional.of(set(name, found));
  }

  private static SortedMap<String, DBParameterGroup> none() {
    return new TreeMap<>();
  }

  private Optional<ParameterGroups.Existing> read(DBParameterGroup group) {
    try {
      String tls = tls(group);
      return Optional.of(
          new ParameterGroups.Existing(
              group.dbParameterGroupArn(),
              group.dbParameterGroupFamily(),
              tls,
              tagsOf(group.dbParameterGroupArn())));
    } catch (DbParameterGroupNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Only what somebody set is asked for: a family has hundreds of parameters. */
  private String tls(DBParameterGroup group) {
    String parameter = ForcedTls.of(engine(group.dbParameterGroupFamily())).parameter();
    return clients
        .rds()
        .describeDBParametersPaginator(
            request -> request.dbParameterGroupName(group.dbParameterGroupName()).source("user"))
        .parameters()
        .stream()
        .filter(set -> set.parameterName().equals(parameter))
        .map(Parameter::parameterValue)
        .findFirst()
        .orElse("");
  }

  private static String engine(String family) {
    return family.replaceAll("[0-9.]+$", "");
  }

  private Map<String, String> tagsOf(String arn) {
    return clients
        .rds()
        .listTagsForResource(request -> request.resourceName(arn))
        .tagList()
        .stream()
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }

  private static ParameterGroups set(
      String name, SortedMap<String, ParameterGroups.Existing> groups) {
    return new ParameterGroups(
        name,
        groups,
        groups.isEmpty()
            ? Map.of()
            : SetTags.of(groups.values().stream().map(ParameterGroups.Existing::tags).toList()));
  }

  @Override
  public ParameterGroups create(ParameterGroupsDesired desired, Map<String, String> tags) {
    SortedMap<String, ParameterGroups.Existing> made = new TreeMap<>();
    desired.families().keySet().forEach(group -> made.put(group, make(group, desired, tags)));
    return set(desired.name(), made);
  }

  private ParameterGroups.Existing make(
      String name, ParameterGroupsDesired desired, Map<String, String> tags) {
    DBParameterGroup group =
        clients
            .rds()
            .createDBParameterGroup(
                request ->
                    request
                        .dbParameterGroupName(name)
                        .dbParameterGroupFamily(desired.families().get(name))
                        .description(DESCRIPTION)
                        .tags(rds(tags)))
            .dbParameterGroup();
    shown.merge(
        desired.name(), new TreeMap<>(Map.of(name, group)), ParameterGroupsAdapter::together);
    forceTls(name, desired.tls());
    return new ParameterGroups.Existing(
        group.dbParameterGroupArn(), group.dbParameterGroupFamily(), desired.tls().value(), tags);
  }

  private static SortedMap<String, DBParameterGroup> together(
      SortedMap<String, DBParameterGroup> known, SortedMap<String, DBParameterGroup> more) {
    SortedMap<String, DBParameterGroup> all = new TreeMap<>(known);
    all.putAll(more);
    return all;
  }

  private void forceTls(String group, ForcedTls tls) {
    Parameter parameter =
        Parameter.builder()
            .parameterName(tls.parameter())
            .parameterValue(tls.value())
            .applyMethod(tls.applyMethod())
            .build();
    clients
        .rds()
        .modifyDBParameterGroup(
            request -> request.dbParameterGroupName(group).parameters(parameter));
  }

  @Override
  public ParameterGroups update(
      ParameterGroups actual, ParameterGroupsDesired desired, List<Difference> changes) {
    SortedMap<String, ParameterGroups.Existing> changed = new TreeMap<>(actual.groups());
    for (Difference change : changes) {
      String name = change.field();
      ParameterGroups.Existing group = actual.groups().get(name);
      if (!desired.families().containsKey(name)) {
        remove(name);
        changed.remove(name);
      } else if (group == null) {
        changed.put(name, make(name, desired, actual.tags()));
      } else {
        forceTls(name, desired.tls());
        changed.put(
            name,
            new ParameterGroups.Existing(
                group.arn(), group.family(), desired.tls().value(), group.tags()));
      }
    }
    return set(actual.name(), changed);
  }

  private void remove(String name) {
    try {
      clients.rds().deleteDBParameterGroup(request -> request.dbParameterGroupName(name));
    } catch (DbParameterGroupNotFoundException e) {
      return;
    }
  }

  @Override
  public ParameterGroups tag(ParameterGroups actual, Map<String, String> tags) {
    return retagged(
        actual,
        group -> {
          clients
              .rds()
              .addTagsToResource(request -> request.resourceName(group.arn()).tags(rds(tags)));
          return Tags.with(group.tags(), tags);
        });
  }

  @Override
  public ParameterGroups untag(ParameterGroups actual, List<String> keys) {
    return retagged(
        actual,
        group -> {
          clients
              .rds()
              .removeTagsFromResource(request -> request.resourceName(group.arn()).tagKeys(keys));
          return Tags.without(group.tags(), keys);
        });
  }

  /** In order of name, see {@link SetTags}. */
  private static ParameterGroups retagged(
      ParameterGroups actual, Function<ParameterGroups.Existing, Map<String, String>> retag) {
    SortedMap<String, ParameterGroups.Existing> changed = new TreeMap<>(actual.groups());
    changed.replaceAll(
        (name, group) ->
            new ParameterGroups.Existing(
                group.arn(), group.family(), group.tls(), retag.apply(group)));
    return set(actual.name(), changed);
  }

  @Override
  public Optional<ParameterGroups> delete(ParameterGroups actual, Disposal disposal) {
    actual.groups().keySet().forEach(this::remove);
    return Optional.empty();
  }

  private static List<Tag> rds(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }
}
