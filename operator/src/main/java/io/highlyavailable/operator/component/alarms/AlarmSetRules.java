package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Nodes;
import io.highlyavailable.operator.component.RaisedAlarm;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.loadbalancer.Front;
import io.highlyavailable.operator.component.sessionstore.SessionStore;
import io.highlyavailable.operator.component.topic.Topic;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
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
    return Stream.concat(
            GatewayAlarms.components().stream(),
            Stream.of(
                LOAD_BALANCER,
                Compute.TARGET_GROUP,
                Compute.BALANCER,
                DataTier.SESSION_STORE.component(),
                Topic.OF_APP))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** An app with nothing that CloudWatch watches needs no alarms. */
  @Override
  public boolean wanted(App app) {
    return app.alarms() && (known(app) || watched(app));
  }

  /** Whether it has something whose alarms go by its name. */
  private static boolean known(App app) {
    return app.databaseSettings().isPresent()
        || app.tableSettings().isPresent()
        || app.bucketCopies().isPresent()
        || Compute.wanted(app)
        || Nodes.wanted(app);
  }

  /** Whether it has something whose alarms can be described only when it is there. */
  private static boolean watched(App app) {
    return Front.watchable(app)
        || app.sessionStoreSettings().isPresent()
        || GatewayAlarms.zones(app).findAny().isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  /**
   * The alarms of the database, the table and the copies go by names and need not wait for them.
   * Those of the load balancer and of the session store's nodes wait; while these cannot be seen
   * their alarms are neither made nor removed.
   */
  @Override
  public Desired<AlarmSetDesired> desired(App app, Upstream upstream) {
    return Notification.<AlarmSetDesired>refused(app, upstream.settings())
        .orElseGet(() -> alarms(app, upstream));
  }

  private static Desired<AlarmSetDesired> alarms(App app, Upstream upstream) {
    Optional<Front> front = Front.of(app, upstream);
    Optional<SessionStore> store =
        upstream.ready(SessionStore.class).filter(it -> !it.nodeIds().isEmpty());
    Map<String, String> undecided = undecided(app, front, store, upstream);
    String resource = app.resourceName();
    var alarms =
        Stream.of(
                byName(app, upstream.settings()),
                front.stream().flatMap(it -> LoadBalancerAlarms.of(resource, it)),
                GatewayAlarms.of(app, upstream),
                store.stream().flatMap(it -> SessionStoreAlarms.of(resource, it)))
            .flatMap(it -> it)
            .collect(Collectors.toMap(Alarm::name, it -> it, (a, b) -> a, TreeMap::new));
    Unavailable.over(resource, alarms.values())
        .filter(_ -> undecided.isEmpty())
        .ifPresent(it -> alarms.put(it.name(), it));
    return alarms.isEmpty()
        ? new Desired.Waiting<>(waiting(undecided))
        : new Desired.Known<>(
            new AlarmSetDesired(
                resource,
                arnPrefix(app.region(), upstream.settings()),
                alarms,
                Notification.in(app.region(), Topic.OF_APP, app, upstream),
                undecided));
  }

  private static Stream<Alarm> byName(App app, Upstream.Settings settings) {
    String resource = app.resourceName();
    return Stream.of(
            app.databaseSettings().stream()
                .flatMap(it -> DatabaseAlarms.of(resource, app.databaseId(), it)),
            app.tableSettings().stream().flatMap(_ -> TableAlarms.of(resource)),
            GroupAlarms.of(app),
            app.tableCopies().stream().map(it -> ReplicationAlarms.table(resource, it.region())),
            app.bucketCopies().stream().map(_ -> ReplicationAlarms.failed(app, settings)))
        .flatMap(it -> it);
  }

  private static Map<String, String> undecided(
      App app, Optional<Front> front, Optional<SessionStore> store, Upstream upstream) {
    Map<String, String> undecided = new TreeMap<>();
    if (Front.watchable(app) && front.isEmpty()) {
      LoadBalancerAlarms.names(app.resourceName())
          .forEach(name -> undecided.put(name, "the load balancer"));
    }
    GatewayAlarms.zones(app)
        .filter(zone -> GatewayAlarms.seen(zone, upstream).isEmpty())
        .forEach(zone -> undecided.put(GatewayAlarms.name(app, zone), "the NAT gateways"));
    if (app.sessionStoreSettings().isPresent() && store.isEmpty()) {
      undecided.put(SessionStoreAlarms.prefix(app.resourceName()), "the session store");
    }
    undecided.values().stream()
        .findFirst()
        .ifPresent(what -> undecided.put(Unavailable.name(app.resourceName()), what));
    return undecided;
  }

  private static String waiting(Map<String, String> undecided) {
    return "waiting for " + String.join(" and ", new TreeSet<>(undecided.values()));
  }

  static String arnPrefix(String region, Upstream.Settings settings) {
    return "arn:%s:cloudwatch:%s:%s:alarm:"
        .formatted(settings.partition(), region, settings.accountId());
  }

  @Override
  public List<Difference> differences(AlarmSetDesired desired, AlarmSet actual) {
    return between(desired, actual);
  }

  static List<Difference> between(AlarmSetDesired desired, AlarmSet actual) {
    Set<String> names = new TreeSet<>(desired.alarms().keySet());
    names.addAll(actual.alarms().keySet());
    names.removeIf(desired::leaves);
    return names.stream().flatMap(name -> difference(name, desired, actual)).toList();
  }

  private static Stream<Difference> difference(
      String name, AlarmSetDesired desired, AlarmSet actual) {
    Alarm wanted = desired.alarms().get(name);
    AlarmSet.Existing existing = actual.alarms().get(name);
    if (wanted == null) {
      return Stream.of(new Difference(name, "absent", "present", Impact.IN_PLACE));
    }
    if (existing == null) {
      return Stream.of(new Difference(name, AlarmText.of(wanted, null), "absent", Impact.IN_PLACE));
    }
    if (!wanted.equals(existing.alarm())) {
      return Stream.of(
          new Difference(
              name,
              AlarmText.of(wanted, existing.alarm()),
              AlarmText.of(existing.alarm(), wanted),
              Impact.IN_PLACE));
    }
    return desired.notification().holds(existing)
        ? Stream.empty()
        : Stream.of(notification(name, desired.notification(), existing));
  }

  private static Difference notification(
      String name, Notification wanted, AlarmSet.Existing existing) {
    return new Difference(
        name,
        "notifies " + wanted.of(existing).onAlarm(),
        "notifies " + existing.actions().onAlarm(),
        Impact.IN_PLACE);
  }

  @Override
  public Readiness readiness(AlarmSetDesired desired, AlarmSet actual) {
    return ready(desired, actual);
  }

  static Readiness ready(AlarmSetDesired desired, AlarmSet actual) {
    if (!desired.undecided().isEmpty()) {
      return new Readiness.Progressing(waiting(desired.undecided()));
    }
    return actual.alarms().keySet().containsAll(desired.alarms().keySet())
        ? new Readiness.Ready()
        : new Readiness.Progressing("its alarms are being made");
  }

  @Override
  public List<RaisedAlarm> raised(AlarmSet actual) {
    return actual.raised();
  }

  @Override
  public String remark(AlarmSet actual) {
    return remarkOf(actual);
  }

  static String remarkOf(AlarmSet set) {
    String names = String.join(", ", set.raised().stream().map(RaisedAlarm::name).toList());
    return names.isEmpty() ? "" : "in state ALARM: " + names;
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
          "cloudwatch:PutCompositeAlarm",
          "cloudwatch:DeleteAlarms",
          "cloudwatch:TagResource",
          "cloudwatch:UntagResource",
          "tag:GetResources");
}
