package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.operator.model.AppIdentity;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.testbed.aws.AwsEmulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteMarkerReplicationStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/** Copies in another region: made, kept as they should be, and taken out of use. */
@WithRig
class RecoveryIT {
  private static final String MANIFEST =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1.4.2
        storage: {s3: {expireNoncurrentDays: 30}}
        monitoring: {cloudWatch: {}}
        disasterRecovery: {region: eu-central-1}
      """;

  private static final String NO_COPIES = "spec: {disasterRecovery: null}";

  /** The app's copies, as an administrator sees them. */
  private record Copies(Rig rig, AppRig app, S3Client s3, String bucket) implements AutoCloseable {
    static Copies of(Rig rig, AppRig app, String region) {
      S3Client s3 =
          rig.emulator()
              .configure(S3Client.builder().forcePathStyle(true))
              .region(Region.of(region))
              .build();
      AppIdentity identity =
          new AppIdentity(Rig.CLUSTER_ID, "", app.namespace(), "", app.name(), "");
      return new Copies(rig, app, s3, Names.replica(identity, AwsEmulator.ACCOUNT, region));
    }

    boolean exists() {
      return s3.listBuckets().buckets().stream().anyMatch(b -> b.name().equals(bucket));
    }

    Map<String, String> tags() {
      return s3.getBucketTagging(r -> r.bucket(bucket)).tagSet().stream()
          .collect(Collectors.toMap(Tag::key, Tag::value));
    }

    boolean copying() {
      try {
        var rules =
            rig.aws()
                .s3()
                .getBucketReplication(r -> r.bucket(app.aws().bucket()))
                .replicationConfiguration()
                .rules();
        return rules.getFirst().destination().bucket().equals("arn:aws:s3:::" + bucket);
      } catch (S3Exception e) {
        return false;
      }
    }

    @Override
    public void close() {
      s3.close();
    }
  }

  private static boolean hasRole(Rig rig, AppRig app) {
    return rig.aws().iam().listRolesPaginator().roles().stream()
        .map(Role::roleName)
        .anyMatch((app.aws().resource() + "-replication")::equals);
  }

  @Test
  void objectsAreCopiedToAnEqualBucketInTheOtherRegion(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.apply(MANIFEST).awaitReady();
    try (Copies copies = Copies.of(rig, app, "eu-central-1")) {
      assertThat(app.condition("BackupsReady").status()).isEqualTo(ConditionStatus.TRUE);
      assertThat(app.status().aws().region()).isEqualTo("us-east-1");
      assertThat(app.status().aws().recoveryRegion()).isEqualTo("eu-central-1");
      assertThat(app.component("storage-replica").id()).isEqualTo("arn:aws:s3:::" + copies.bucket);
      assertThat(app.message("storage-replica")).contains("S3 Batch Replication");

      assertThat(copies.s3.headBucket(r -> r.bucket(copies.bucket)).bucketRegion())
          .isEqualTo("eu-central-1");
      assertThat(copies.s3.getBucketVersioning(r -> r.bucket(copies.bucket)).status())
          .isEqualTo(BucketVersioningStatus.ENABLED);
      assertThat(copies.s3.getBucketPolicy(r -> r.bucket(copies.bucket)).policy())
          .contains("aws:SecureTransport");
      assertThat(copies.tags()).containsEntry(OwnershipTags.COMPONENT, "storage-replica");

      assertThat(app.component("recovery-monitoring").id())
          .startsWith("arn:aws:cloudwatch:eu-central-1:")
          .endsWith(app.aws().resource() + "-storage-replication-latency");

      assertThat(copies.copying()).isTrue();
      var replication =
          rig.aws()
              .s3()
              .getBucketReplication(r -> r.bucket(app.aws().bucket()))
              .replicationConfiguration();
      assertThat(replication.role()).endsWith("/" + app.aws().resource() + "-replication");
      assertThat(replication.rules().getFirst().deleteMarkerReplication().status())
          .isEqualTo(DeleteMarkerReplicationStatus.ENABLED);
    }
  }

  @Test
  void copyingThatSomebodyStoppedBeginsAgain(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.apply(MANIFEST).awaitReady();
    try (Copies copies = Copies.of(rig, app, "eu-central-1")) {
      rig.aws().s3().deleteBucketReplication(r -> r.bucket(app.aws().bucket()));
      app.eventually(() -> assertThat(copies.copying()).isTrue());
      app.awaitReady();
    }
  }

  @Test
  void withoutTheBlockCopyingStopsAndTheCopyStaysUntilItIsAskedForAgain(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.apply(MANIFEST).awaitReady();
    try (Copies copies = Copies.of(rig, app, "eu-central-1")) {
      app.patch(NO_COPIES);
      app.eventually(
          () -> {
            assertThat(copies.copying()).isFalse();
            assertThat(hasRole(rig, app)).isFalse();
            assertThat(copies.tags()).containsKey(OwnershipTags.RETAINED);
            assertThat(app.status().aws().recoveryRegion()).isNull();
            assertThat(app.status().deletion().retained())
                .anyMatch(line -> line.startsWith("storage-replica: s3 arn:aws:s3:::"))
                .anyMatch(line -> line.endsWith(" in eu-central-1"));
          });
      app.awaitReady();

      app.patch("spec: {disasterRecovery: {region: eu-central-1}}");
      app.eventually(
          () -> {
            assertThat(copies.copying()).isTrue();
            assertThat(copies.tags()).doesNotContainKey(OwnershipTags.RETAINED);
            assertThat(app.status().deletion()).isNull();
          });
      app.awaitReady();
    }
  }

  @Test
  void copiesInAnotherRegionAreAnotherBucket(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.apply(MANIFEST).awaitReady();
    try (Copies before = Copies.of(rig, app, "eu-central-1");
        Copies after = Copies.of(rig, app, "eu-north-1")) {
      app.patch(NO_COPIES);
      app.patch("spec: {disasterRecovery: {region: eu-north-1}}");
      app.eventually(() -> assertThat(after.copying()).isTrue());
      app.awaitReady();
      assertThat(before.tags()).containsKey(OwnershipTags.RETAINED);
      app.eventually(() -> assertThat(app.status().aws().recoveryRegion()).isEqualTo("eu-north-1"));
    }
  }

  @Test
  void theCopyGoesWithTheAppWhenNothingIsToBeKept(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.apply(MANIFEST).awaitReady();
    try (Copies copies = Copies.of(rig, app, "eu-central-1")) {
      app.patch("spec: {deletionProtection: false, deletionPolicy: Delete}");
      app.awaitReady();
      app.delete();
      app.awaitGone();
      assertThat(copies.exists()).isFalse();
      assertThat(app.aws().bucketExists()).isFalse();
      assertThat(hasRole(rig, app)).isFalse();
    }
  }

  @Test
  void theCopyStaysWithTheOriginalOfAProtectedApp(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.apply(MANIFEST).awaitReady();
    try (Copies copies = Copies.of(rig, app, "eu-central-1")) {
      app.delete();
      app.awaitGone();
      assertThat(copies.tags()).containsKey(OwnershipTags.RETAINED);
      assertThat(app.aws().bucketTags()).containsKey(OwnershipTags.RETAINED);
      assertThat(copies.copying()).isTrue();
    }
  }

  private static final String WITH_DATABASE =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1.4.2
        monitoring: {cloudWatch: {}}
        database: {rds: {engine: postgres, backupRetentionDays: 10}}
        disasterRecovery: {region: eu-central-1}
      """;

  private static List<DBInstanceAutomatedBackup> backups(Rig rig, AppRig app) {
    try (RdsClient rds =
        rig.emulator().configure(RdsClient.builder()).region(Region.EU_CENTRAL_1).build()) {
      return rds.describeDBInstanceAutomatedBackups().dbInstanceAutomatedBackups().stream()
          .filter(backup -> backup.dbInstanceIdentifier().equals(app.aws().resource()))
          .toList();
    }
  }

  /** What the alarm looks at. */
  private static List<Double> ages(CloudWatchClient away, MetricAlarm alarm) {
    Instant now = Instant.now();
    return away
        .getMetricStatistics(
            r ->
                r.namespace(alarm.namespace())
                    .metricName(alarm.metricName())
                    .dimensions(alarm.dimensions())
                    .statistics(alarm.statistic())
                    .period(alarm.period())
                    .startTime(now.minus(Duration.ofHours(1)))
                    .endTime(now.plus(Duration.ofMinutes(5))))
        .datapoints()
        .stream()
        .map(Datapoint::minimum)
        .toList();
  }

  @Test
  void backupsAreCopiedAndTheStatusSaysToWhen(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.apply(WITH_DATABASE).awaitReady();
    app.eventually(
        () -> {
          assertThat(app.condition("BackupsReady").status()).isEqualTo(ConditionStatus.TRUE);
          assertThat(app.condition("BackupsReady").message()).isEqualTo("copies in eu-central-1");
        });
    assertThat(app.status().backup().replicatedTo()).isEqualTo("eu-central-1");
    assertThat(Instant.parse(app.status().backup().latestRestorableTime()))
        .isBetween(Instant.now().minus(Duration.ofMinutes(35)), Instant.now());
    assertThat(Instant.parse(app.status().backup().replicatedRestorableTime()))
        .isBeforeOrEqualTo(Instant.now());
    assertThat(backups(rig, app))
        .singleElement()
        .satisfies(
            backup -> {
              assertThat(backup.status()).isEqualTo("active");
              assertThat(backup.backupRetentionPeriod()).isEqualTo(10);
              assertThat(backup.kmsKeyId()).contains(":eu-central-1:");
            });

    try (CloudWatchClient away =
        rig.emulator().configure(CloudWatchClient.builder()).region(Region.EU_CENTRAL_1).build()) {
      MetricAlarm alarm =
          away.describeAlarms(
                  r -> r.alarmNames(app.aws().resource() + "-database-recovery-point-age"))
              .metricAlarms()
              .getFirst();
      app.eventually(() -> assertThat(ages(away, alarm)).isNotEmpty().allMatch(age -> age < 4500));
    }

    app.patch(NO_COPIES);
    app.eventually(
        () -> {
          assertThat(backups(rig, app)).allMatch(it -> it.status().equals("retained"));
          assertThat(app.status().backup().replicatedTo()).isNull();
          assertThat(app.condition("BackupsReady").message())
              .isEqualTo("no copies in another region");
          assertThat(app.status().aws().recoveryRegion()).isNull();
        });
    app.awaitReady();
  }

  @Test
  void withoutAKeyOfTheRegionTheConditionNamesTheOption(Stage stage) {
    stage.operator();
    AppRig app = stage.apply(WITH_DATABASE.replace("eu-central-1", "eu-north-1"));
    app.eventually(
        () -> {
          assertThat(app.condition("BackupsReady").status()).isEqualTo(ConditionStatus.FALSE);
          assertThat(app.condition("BackupsReady").message()).contains("eu-north-1");
          assertThat(app.component("database-backups").nextStep())
              .contains("HAAPP_RECOVERY_KMS_KEY_ARNS");
          assertThat(app.condition("DatabaseReady").status()).isEqualTo(ConditionStatus.TRUE);
        });
    app.patch("spec: {disasterRecovery: {databaseBackups: false}}");
    app.awaitReady();
  }

  @Test
  void copiesOfADatabaseThatIsKeptGoOn(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.apply(WITH_DATABASE).awaitReady();
    app.delete();
    app.awaitGone();
    assertThat(app.aws().database()).isPresent();
    assertThat(backups(rig, app))
        .extracting(DBInstanceAutomatedBackup::status)
        .containsExactly("active");
  }

  @Test
  void copyingStopsWithTheDatabaseOfAnAppThatIsNotKept(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.apply(WITH_DATABASE).awaitReady();
    app.patch("spec: {deletionProtection: false}");
    app.awaitReady();
    app.delete();
    app.awaitGone();
    assertThat(app.aws().database()).isEmpty();
    assertThat(app.aws().snapshots()).hasSize(1);
    assertThat(backups(rig, app))
        .extracting(DBInstanceAutomatedBackup::status)
        .containsExactly("retained");
  }

  private static final String WITH_TABLE =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1.4.2
        database: {dynamoDb: {partitionKey: {name: id, type: S}}}
        disasterRecovery: {region: eu-central-1}
      """;

  private static Optional<TableDescription> replica(DynamoDbClient away, AppRig app) {
    try {
      return Optional.of(away.describeTable(r -> r.tableName(app.aws().resource())).table());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  @Test
  void aTableHasAReplicaThatStaysWhileItIsProtectedAndGoesBeforeTheTable(Rig rig, Stage stage) {
    stage.operator();
    try (DynamoDbClient away =
        rig.emulator().configure(DynamoDbClient.builder()).region(Region.EU_CENTRAL_1).build()) {
      AppRig app = stage.apply(WITH_TABLE).awaitReady();
      assertThat(app.status().backup().replicatedTo()).isEqualTo("eu-central-1");
      assertThat(app.condition("BackupsReady").message()).isEqualTo("copies in eu-central-1");
      app.eventually(
          () -> {
            assertThat(app.component("table-replica").state()).isEqualTo("ACTIVE");
            assertThat(replica(away, app).orElseThrow().deletionProtectionEnabled()).isTrue();
          });

      app.patch(NO_COPIES);
      app.eventually(
          () -> {
            assertThat(app.status().aws().recoveryRegion()).isNull();
            assertThat(app.status().deletion().retained())
                .anyMatch(line -> line.startsWith("table-replica: dynamodb-replica arn:"));
          });
      assertThat(replica(away, app)).isPresent();

      app.patch(
          "spec: {disasterRecovery: {region: eu-central-1}, deletionProtection: false,"
              + " deletionPolicy: Delete}");
      app.eventually(
          () -> assertThat(replica(away, app).orElseThrow().deletionProtectionEnabled()).isFalse());
      app.awaitReady();
      app.delete();
      app.awaitGone();
      assertThat(replica(away, app)).isEmpty();
      assertThat(rig.aws().dynamoDb().listTables().tableNames())
          .doesNotContain(app.aws().resource());
    }
  }
}
