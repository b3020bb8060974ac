package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.RaisedAlarm;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.topic.Topic;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Alarms for copies that fall behind, in the region of the copies: of objects, where S3 publishes
 * the metric, and of a database's backups, where the operator does.
 */
public final class RecoveryAlarmsRules implements Component<AlarmSetDesired, RecoveryAlarms> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("recovery-monitoring");

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
  public Class<RecoveryAlarms> resourceType() {
    return RecoveryAlarms.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(Topic.OF_COPIES);
  }

  @Override
  public boolean wanted(App app) {
    return app.alarms() && (app.bucketCopies().isPresent() || app.databaseCopies().isPresent());
  }

  @Override
  public boolean inRecoveryRegion() {
    return true;
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  /** They go by names, and so need not wait for what they watch. */
  @Override
  public Desired<AlarmSetDesired> desired(App app, Upstream upstream) {
    return Notification.<AlarmSetDesired>refused(app, upstream.settings())
        .orElseGet(() -> alarms(app, upstream));
  }

  private static Desired<AlarmSetDesired> alarms(App app, Upstream upstream) {
    Upstream.Settings settings = upstream.settings();
    SortedMap<String, Alarm> alarms = new TreeMap<>();
    all(app, settings).forEach(alarm -> alarms.put(alarm.name(), alarm));
    return new Desired.Known<>(
        new AlarmSetDesired(
            app.resourceName(),
            AlarmSetRules.arnPrefix(settings.recoveryRegion(), settings),
            alarms,
            Notification.in(settings.recoveryRegion(), Topic.OF_COPIES, app, upstream),
            Map.of()));
  }

  private static Stream<Alarm> all(App app, Upstream.Settings settings) {
    String resource = app.resourceName();
    return Stream.concat(
        app.bucketCopies().map(copies -> ReplicationAlarms.late(app, settings)).stream(),
        app
            .databaseCopies()
            .map(copies -> RecoveryPointAge.alarm(resource, app.databaseId()))
            .stream());
  }

  @Override
  public List<Difference> differences(AlarmSetDesired desired, RecoveryAlarms actual) {
    return AlarmSetRules.between(desired, actual.set());
  }

  @Override
  public Readiness readiness(AlarmSetDesired desired, RecoveryAlarms actual) {
    return AlarmSetRules.ready(desired, actual.set());
  }

  @Override
  public List<RaisedAlarm> raised(RecoveryAlarms actual) {
    return actual.set().raised();
  }

  @Override
  public String remark(RecoveryAlarms actual) {
    return AlarmSetRules.remarkOf(actual.set());
  }

  @Override
  public Set<String> iamActions() {
    return Stream.concat(AlarmSetRules.IAM_ACTIONS.stream(), Stream.of("cloudwatch:PutMetricData"))
        .collect(Collectors.toUnmodifiableSet());
  }
}
