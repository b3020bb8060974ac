package io.highlyavailable.operator.component.alarms;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metric that says how old the newest copy of a database's backups is, in the region of the
 * copies. RDS publishes none of the kind, so the operator does.
 */
public final class RecoveryPointAge {
  /** The operator's own namespace in CloudWatch. */
  public static final String NAMESPACE = "HighlyAvailableApp";

  /** Seconds between the newest time that the copies can be restored to and now. */
  public static final String METRIC = "RecoveryPointAge";

  /** The metric's only dimension: the name of the resource that the copies are of. */
  public static final String RESOURCE = "DBInstanceIdentifier";

  /** How often the operator publishes it: as often as RDS saves its logs. */
  public static final Duration INTERVAL = Duration.ofMinutes(5);

  /**
   * As late as the condition {@code BackupsReady} lets a copy be, and the quarter of an hour down
   * to which its time is known. Before the first copy has arrived, and while no operator runs,
   * there is nothing to go by: CloudWatch then reports that data are insufficient.
   */
  private static final AlarmTable OLD = AlarmTable.row("database-recovery-point-age");

  private RecoveryPointAge() {}

  /** The alarm for the copies of one instance's backups. */
  static Alarm alarm(String resource, String instance) {
    return OLD.alarm(resource, OLD.single(new TreeMap<>(Map.of(RESOURCE, instance))));
  }
}
