package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancer;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancerDesired;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Alarms for what the app has: none for what it has not. */
public final class AlarmSetRules implements Component<AlarmSetDesired, AlarmSet> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("monitoring");

  private static final ComponentName LOAD_BALANCER = new ComponentName("load-balancer");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "cloudwatch-alarms";
  }

  @Override
  public String condition() {
    return "MonitoringReady";
  }

  @Override
  public Class<AlarmSet> resourceType() {
    return AlarmSet.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(LOAD_BALANCER);
  }

  /** An app with nothing that CloudWatch watches needs no alarms. */
  @Override
  public boolean wanted(App app) {
    return app.alarms()
        && (app.databaseSettings().isPresent()
            || app.tableSettings().isPresent()
            || LoadBalancerDesired.watchable(app));
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  /**
   * The database's and the table's alarms go by its name and need not wait for it. Those of the
   * load balancer wait; while it cannot be seen they are neither made nor removed.
   */
  @Override
  public Desired<AlarmSetDesired> desired(App app, Upstream upstream) {
    Optional<LoadBalancer> balancer = upstream.ready(LoadBalancer.class);
    boolean waiting = LoadBalancerDesired.watchable(app) && balancer.isEmpty();
    if (waiting && app.databaseSettings().isEmpty() && app.tableSettings().isEmpty()) {
      return new Desired.Waiting<>("waiting for the load balancer");
    }
    String resource = app.resourceName();
    Stream<Alarm> database =
        Stream.concat(
            app.databaseSettings().stream().flatMap(it -> AlarmTable.database(resource, it)),
            app.tableSettings().stream().flatMap(_ -> AlarmTable.table(resource)));
    Stream<Alarm> traffic = balancer.stream().flatMap(it -> AlarmTable.loadBalancer(resource, it));
    return new Desired.Known<>(
        new AlarmSetDesired(
            resource,
            arnPrefix(app, upstream.settings()),
            Stream.concat(database, traffic)
                .collect(Collectors.toMap(Alarm::name, it -> it, (a, b) -> a, TreeMap::new)),
            waiting ? loadBalancerNames(resource) : Set.of()));
  }

  private static String arnPrefix(App app, Upstream.Settings settings) {
    return arnPrefix(app.region(), settings);
  }

  static String arnPrefix(String region, Upstream.Settings settings) {
    return "arn:%s:cloudwatch:%s:%s:alarm:"
        .formatted(settings.partition(), region, settings.accountId());
  }

  private static Set<String> loadBalancerNames(String resource) {
    return AlarmTable.LOAD_BALANCER.stream()
        .map(row -> row.name(resource))
        .collect(Collectors.toSet());
  }

  @Override
  public List<Difference> differences(AlarmSetDesired desired, AlarmSet actual) {
    return between(desired, actual);
  }

  static List<Difference> between(AlarmSetDesired desired, AlarmSet actual) {
    Set<String> names = new TreeSet<>(desired.alarms().keySet());
    names.addAll(actual.alarms().keySet());
    names.removeAll(desired.undecided());
    return names.stream().flatMap(name -> difference(name, desired, actual)).toList();
  }

  private static Stream<Difference> difference(
      String name, AlarmSetDesired desired, AlarmSet actual) {
    Alarm wanted = desired.alarms().get(name);
    AlarmSet.Existing existing = actual.alarms().get(name);
    Alarm found = existing == null ? null : existing.alarm();
    if (wanted == null) {
      return Stream.of(new Difference(name, "absent", "present", Impact.IN_PLACE));
    }
    if (wanted.equals(found)) {
      return Stream.empty();
    }
    return Stream.of(
        new Difference(
            name,
            AlarmText.of(wanted, found),
            found == null ? "absent" : AlarmText.of(found, wanted),
            Impact.IN_PLACE));
  }

  @Override
  public Readiness readiness(AlarmSetDesired desired, AlarmSet actual) {
    return ready(desired, actual);
  }

  static Readiness ready(AlarmSetDesired desired, AlarmSet actual) {
    if (!desired.undecided().isEmpty()) {
      return new Readiness.Progressing("waiting for the load balancer");
    }
    return actual.alarms().keySet().containsAll(desired.alarms().keySet())
        ? new Readiness.Ready()
        : new Readiness.Progressing("its alarms are being made");
  }

  @Override
  public Set<String> iamActions() {
    return IAM_ACTIONS;
  }

  /** What it takes to keep alarms. */
  static final Set<String> IAM_ACTIONS =
      Set.of(
          "cloudwatch:DescribeAlarms",
          "cloudwatch:ListTagsForResource",
          "cloudwatch:PutMetricAlarm",
          "cloudwatch:DeleteAlarms",
          "cloudwatch:TagResource",
          "cloudwatch:UntagResource",
          "tag:GetResources");
}
