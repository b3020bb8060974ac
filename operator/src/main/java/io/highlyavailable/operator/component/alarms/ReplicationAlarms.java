package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.bucket.Replication;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Names;
import java.util.Map;
import java.util.TreeMap;

/**
 * The alarms of a bucket's copies and of a table's replica, which go by the buckets' names. S3
 * publishes how late copies are in their region, and what failed in the region of the bucket
 * ("Using S3 Replication metrics" in its guide).
 */
final class ReplicationAlarms {
  /**
   * S3 copies most objects within 15 minutes, and some take "a couple of hours or more"
   * ("Troubleshooting replication"): an hour is no alarm for nothing, and soon enough to look.
   */
  private static final AlarmTable LATE = AlarmTable.row("storage-replication-latency");

  /** The metric is published only when something was copied. */
  private static final AlarmTable FAILED = AlarmTable.row("storage-replication-failures");

  /** In milliseconds, and mostly below a second. */
  private static final AlarmTable TABLE = AlarmTable.row("table-replication-latency");

  private ReplicationAlarms() {}

  /** In the region of the copies. */
  static Alarm late(App app, Upstream.Settings settings) {
    return alarm(LATE, app, settings);
  }

  /** In the region of the bucket. */
  static Alarm failed(App app, Upstream.Settings settings) {
    return alarm(FAILED, app, settings);
  }

  /** In the region of the table: "DynamoDB Metrics and dimensions" in its guide. */
  static Alarm table(String resource, String recoveryRegion) {
    var dimensions =
        new TreeMap<>(Map.of("TableName", resource, "ReceivingRegion", recoveryRegion));
    return TABLE.alarm(resource, TABLE.single(dimensions));
  }

  private static Alarm alarm(AlarmTable row, App app, Upstream.Settings settings) {
    String account = settings.accountId();
    var dimensions =
        new TreeMap<>(
            Map.of(
                "SourceBucket",
                app.bucketName(account),
                "DestinationBucket",
                Names.replica(app.identity(), account, settings.recoveryRegion()),
                "RuleId",
                Replication.To.RULE));
    return row.alarm(app.resourceName(), row.single(dimensions));
  }
}
