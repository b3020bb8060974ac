package io.highlyavailable.operator.model;

import io.highlyavailable.api.v1alpha1.BackupSpec;
import io.highlyavailable.api.v1alpha1.CorsRuleSpec;
import io.highlyavailable.api.v1alpha1.Defaults;
import io.highlyavailable.api.v1alpha1.DisasterRecoverySpec;
import io.highlyavailable.api.v1alpha1.DynamoDbSpec;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppSpec;
import io.highlyavailable.api.v1alpha1.KeySpec;
import io.highlyavailable.api.v1alpha1.ManagedNetworkSpec;
import io.highlyavailable.api.v1alpha1.MonitoringSpec;
import io.highlyavailable.api.v1alpha1.NatGatewayMode;
import io.highlyavailable.api.v1alpha1.NetworkSpec;
import io.highlyavailable.api.v1alpha1.RdsSpec;
import io.highlyavailable.api.v1alpha1.RestoreFromSpec;
import io.highlyavailable.api.v1alpha1.S3Spec;
import io.highlyavailable.api.v1alpha1.VerifySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills in the defaults of the stateful tier and its network. */
final class DataDefaults {
  private DataDefaults() {}

  static NetworkChoice network(@Nullable NetworkSpec network, int zones) {
    if (network == null) {
      return new NetworkChoice.Discover(List.of());
    }
    if (network.managed() != null) {
      return managed(network.managed(), network, zones);
    }
    if (network.existing() == null) {
      return new NetworkChoice.Discover(network.clientSecurityGroupIds());
    }
    return new NetworkChoice.Existing(
        Blocks.orElse(network.existing().vpcId(), ""),
        network.existing().privateSubnetIds(),
        network.existing().publicSubnetIds(),
        network.clientSecurityGroupIds());
  }

  /** What is no block of addresses was refused before, unless the app is being deleted. */
  private static NetworkChoice managed(ManagedNetworkSpec managed, NetworkSpec network, int zones) {
    return new NetworkChoice.Managed(
        cidr(managed.cidr()),
        Math.clamp(zones, 1, NetworkChoice.Managed.MOST_ZONES),
        natGateways(managed.natGateways()),
        Blocks.orElse(managed.peerWithCluster(), true),
        network.clientSecurityGroupIds(),
        managed.flowLogs() == null
            ? null
            : Blocks.orElse(managed.flowLogs().retentionDays(), Defaults.FLOW_LOG_RETENTION_DAYS));
  }

  private static Cidr cidr(@Nullable String text) {
    try {
      return Cidr.parse(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      return Cidr.parse("10.0.0.0/16");
    }
  }

  private static NatGateways natGateways(@Nullable NatGatewayMode mode) {
    return switch (mode) {
      case SINGLE -> NatGateways.SINGLE;
      case NONE -> NatGateways.NONE;
      case PER_ZONE -> NatGateways.PER_ZONE;
      case null -> NatGateways.PER_ZONE;
    };
  }

  static @Nullable DatabaseSettings database(HighlyAvailableAppSpec spec) {
    RdsSpec rds = spec.database() == null ? null : spec.database().rds();
    if (rds == null || rds.engine() == null) {
      return null;
    }
    String existing = rds.existing() == null ? null : Blocks.emptyToNull(rds.existing().id());
    return new DatabaseSettings(
        rds.engine().rdsName(),
        Blocks.emptyToNull(rds.version()),
        Blocks.orElse(rds.instanceClass(), Defaults.INSTANCE_CLASS),
        Blocks.orElse(rds.storageGiB(), Defaults.STORAGE_GIB),
        rds.maxStorageGiB(),
        Blocks.orElse(rds.multiAz(), true),
        Blocks.orElse(rds.backupRetentionDays(), Defaults.BACKUP_RETENTION_DAYS),
        Blocks.emptyToNull(rds.backupWindow()),
        restoreFrom(rds.restoreFrom()),
        existing,
        existing == null ? policy(rds.deletionPolicy(), spec) : DeletionPolicy.RETAIN,
        Blocks.orElse(rds.readReplicas(), 0),
        Blocks.orElse(rds.monitoringIntervalSeconds(), 0));
  }

  static @Nullable TableSettings table(HighlyAvailableAppSpec spec) {
    DynamoDbSpec dynamoDb = spec.database() == null ? null : spec.database().dynamoDb();
    TableSettings.Key partitionKey = dynamoDb == null ? null : key(dynamoDb.partitionKey());
    if (dynamoDb == null || partitionKey == null) {
      return null;
    }
    return new TableSettings(
        partitionKey,
        key(dynamoDb.sortKey()),
        Blocks.orElse(dynamoDb.pointInTimeRecovery(), true),
        Blocks.orElse(dynamoDb.timeToLiveAttribute(), ""),
        policy(dynamoDb.deletionPolicy(), spec));
  }

  private static TableSettings.@Nullable Key key(@Nullable KeySpec key) {
    return key == null || key.name() == null || key.type() == null
        ? null
        : new TableSettings.Key(key.name(), key.type().name());
  }

  private static @Nullable RestoreFrom restoreFrom(@Nullable RestoreFromSpec from) {
    if (from == null) {
      return null;
    }
    if (from.snapshotId() != null) {
      return new RestoreFrom.Snapshot(from.snapshotId());
    }
    if (from.sourceId() != null) {
      return new RestoreFrom.PointInTime(from.sourceId(), time(from.time()));
    }
    return Boolean.TRUE.equals(from.empty()) ? new RestoreFrom.Empty() : null;
  }

  /** What is no time was refused before, unless the app is being deleted. */
  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  static @Nullable BucketSettings bucket(HighlyAvailableAppSpec spec) {
    S3Spec s3 = spec.storage() == null ? null : spec.storage().s3();
    if (s3 == null) {
      return null;
    }
    String existing = s3.existing() == null ? null : Blocks.emptyToNull(s3.existing().name());
    return new BucketSettings(
        Blocks.orElse(s3.versioning(), true),
        s3.expireNoncurrentDays(),
        s3.cors().stream().map(DataDefaults::cors).toList(),
        existing,
        existing == null ? policy(s3.deletionPolicy(), spec) : DeletionPolicy.RETAIN);
  }

  private static CorsRule cors(CorsRuleSpec rule) {
    Integer maxAge = rule.maxAgeSeconds();
    return new CorsRule(
        rule.allowedOrigins(),
        rule.allowedMethods(),
        rule.allowedHeaders(),
        rule.exposeHeaders(),
        maxAge == null ? null : Duration.ofSeconds(maxAge));
  }

  /**
   * Where copies are kept. The operator's own recovery region is a default for those apps only that
   * are elsewhere.
   *
   * @param home the app's region
   * @param fallback the operator's recovery region; empty for none
   */
  static @Nullable Recovery recovery(HighlyAvailableAppSpec spec, String home, String fallback) {
    DisasterRecoverySpec given = spec.disasterRecovery();
    String asked = given == null ? null : Blocks.emptyToNull(given.region());
    String region = Blocks.orElse(asked, fallback);
    if (region.isEmpty() || region.equals(home)) {
      return null;
    }
    return given == null
        ? new Recovery(region, true, true, true)
        : new Recovery(
            region,
            Blocks.orElse(given.databaseBackups(), true),
            Blocks.orElse(given.storageReplication(), true),
            Blocks.orElse(given.tableReplica(), true));
  }

  static @Nullable RestoreTest verify(@Nullable BackupSpec backup) {
    VerifySpec verify = backup == null ? null : backup.verify();
    return verify == null
        ? null
        : new RestoreTest(
            Duration.ofDays(Blocks.orElse(verify.intervalDays(), Defaults.VERIFY_INTERVAL_DAYS)),
            Blocks.orElse(verify.instanceClass(), Defaults.VERIFY_INSTANCE_CLASS),
            Duration.ofHours(
                Blocks.orElse(verify.timeLimitHours(), Defaults.VERIFY_TIME_LIMIT_HOURS)),
            null);
  }

  static boolean alarms(@Nullable MonitoringSpec monitoring) {
    return monitoring != null
        && monitoring.cloudWatch() != null
        && Blocks.orElse(monitoring.cloudWatch().alarms(), true);
  }

  static boolean dashboard(@Nullable MonitoringSpec monitoring) {
    return monitoring != null
        && monitoring.cloudWatch() != null
        && Blocks.orElse(monitoring.cloudWatch().dashboard(), true);
  }

  static List<String> recipients(@Nullable MonitoringSpec monitoring) {
    return monitoring == null || monitoring.cloudWatch() == null
        ? List.of()
        : monitoring.cloudWatch().recipients();
  }

  /** A block's own policy, else that of the spec. */
  static DeletionPolicy policy(
      io.highlyavailable.api.v1alpha1.@Nullable DeletionPolicy own, HighlyAvailableAppSpec spec) {
    var given = own == null ? spec.deletionPolicy() : own;
    return given == null
        ? DeletionPolicy.SNAPSHOT
        : switch (given) {
          case SNAPSHOT -> DeletionPolicy.SNAPSHOT;
          case RETAIN -> DeletionPolicy.RETAIN;
          case DELETE -> DeletionPolicy.DELETE;
        };
  }
}
