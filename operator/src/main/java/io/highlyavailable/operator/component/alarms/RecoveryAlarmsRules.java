package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An alarm for objects that are copied late, in the region of the copies, where S3 publishes the
 * metric. RDS publishes nothing of the kind: the condition {@code BackupsReady} tells of late
 * backups.
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
    return Set.of();
  }

  @Override
  public boolean wanted(App app) {
    return app.alarms() && app.bucketCopies().isPresent();
  }

  @Override
  public boolean inRecoveryRegion() {
    return true;
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  /** It goes by the buckets' names, and so need not wait for them. */
  @Override
  public Desired<AlarmSetDesired> desired(App app, Upstream upstream) {
    Upstream.Settings settings = upstream.settings();
    Alarm late = ReplicationAlarms.late(app, settings);
    return new Desired.Known<>(
        new AlarmSetDesired(
            app.resourceName(),
            AlarmSetRules.arnPrefix(settings.recoveryRegion(), settings),
            new TreeMap<>(Map.of(late.name(), late)),
            Map.of()));
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
  public Set<String> iamActions() {
    return AlarmSetRules.IAM_ACTIONS;
  }
}
