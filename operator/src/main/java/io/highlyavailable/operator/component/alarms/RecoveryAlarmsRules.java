package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.bucket.Replication;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An alarm for objects that are copied late. S3 publishes what it measures of copying in the region
 * of the copies ("Using S3 Replication metrics" in its guide), so the alarm is there too. RDS
 * publishes nothing of the kind: the condition {@code BackupsReady} tells of late backups.
 */
public final class RecoveryAlarmsRules implements Component<AlarmSetDesired, RecoveryAlarms> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("recovery-monitoring");

  /**
   * S3 copies most objects within 15 minutes, and some take "a couple of hours or more"
   * ("Troubleshooting replication"): an hour is no alarm for nothing, and soon enough to look.
   */
  private static final int LATE_SECONDS = 3600;

  private static final int POINTS = 15;
  private static final int PERIOD_SECONDS = 60;

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
    Alarm late = late(app, settings);
    return new Desired.Known<>(
        new AlarmSetDesired(
            app.resourceName(),
            AlarmSetRules.arnPrefix(settings.recoveryRegion(), settings),
            new TreeMap<>(Map.of(late.name(), late)),
            Set.of()));
  }

  private static Alarm late(App app, Upstream.Settings settings) {
    String account = settings.accountId();
    Metric latency =
        new Metric.Single(
            "AWS/S3",
            "ReplicationLatency",
            new TreeMap<>(
                Map.of(
                    "SourceBucket",
                    Names.bucket(app.identity(), account),
                    "DestinationBucket",
                    Names.replica(app.identity(), account, settings.recoveryRegion()),
                    "RuleId",
                    Replication.To.RULE)),
            "Maximum",
            PERIOD_SECONDS);
    return new Alarm(
        app.resourceName() + "-storage-replication-latency",
        "Objects are copied to the recovery region more than an hour late",
        latency,
        LATE_SECONDS,
        "GreaterThanThreshold",
        POINTS,
        POINTS,
        "notBreaching");
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
