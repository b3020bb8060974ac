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
  private static final String S3 = "AWS/S3";

  /**
   * S3 copies most objects within 15 minutes, and some take "a couple of hours or more"
   * ("Troubleshooting replication"): an hour is no alarm for nothing, and soon enough to look.
   */
  private static final AlarmTable LATE =
      new AlarmTable(
          "storage-replication-latency",
          S3,
          "ReplicationLatency",
          "Maximum",
          AlarmTable.ABOVE,
          3600,
          15,
          15,
          AlarmTable.GOOD,
          "Objects are copied to the recovery region more than an hour late");

  /** S3 does not try again what failed. The metric is published only when something was copied. */
  private static final AlarmTable FAILED =
      new AlarmTable(
          "storage-replication-failures",
          S3,
          "OperationsFailedReplication",
          "Sum",
          AlarmTable.ABOVE,
          0,
          5,
          1,
          AlarmTable.GOOD,
          "S3 could not copy objects to the recovery region, and does not try again:"
              + " see the role and the buckets' policies, then run S3 Batch Replication");

  /** In milliseconds, and mostly below a second; without writes there is nothing to be late. */
  private static final AlarmTable TABLE =
      new AlarmTable(
          "table-replication-latency",
          AlarmTable.DYNAMODB,
          "ReplicationLatency",
          "Average",
          AlarmTable.ABOVE,
          180_000,
          15,
          15,
          AlarmTable.GOOD,
          "Items reach the table's replica more than three minutes late");

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
    return TABLE.named(TABLE.name(resource), TABLE.single(dimensions), TABLE.threshold());
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
    return row.named(row.name(app.resourceName()), row.single(dimensions), row.threshold());
  }
}
