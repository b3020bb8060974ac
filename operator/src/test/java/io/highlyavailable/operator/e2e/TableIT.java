package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.operator.model.OwnershipTags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** An app with a table in DynamoDB, from its creation to its end. */
@WithRig
class TableIT {
  private static final Duration A_WHILE = Duration.ofSeconds(2);

  private final Rig rig;
  private final DynamoDbClient dynamoDb;

  TableIT(Rig rig) {
    this.rig = rig;
    this.dynamoDb = rig.aws().dynamoDb();
  }

  @AfterEach
  void nothingTakesTimeAnyMore() {
    var transitions = rig.emulator().transitions();
    transitions.dynamoDb(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    transitions.dynamoDbBackups(Duration.ZERO);
    transitions.dynamoDbTags(Duration.ZERO);
  }

  private Optional<TableDescription> table(AppRig app) {
    try {
      return Optional.of(
          dynamoDb.describeTable(request -> request.tableName(app.aws().resource())).table());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  private Map<String, String> tags(AppRig app) {
    String arn = table(app).orElseThrow().tableArn();
    return dynamoDb.listTagsOfResource(request -> request.resourceArn(arn)).tags().stream()
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }

  private String recovery(AppRig app) {
    return dynamoDb
        .describeContinuousBackups(request -> request.tableName(app.aws().resource()))
        .continuousBackupsDescription()
        .pointInTimeRecoveryDescription()
        .pointInTimeRecoveryStatusAsString();
  }

  private List<BackupSummary> backups(AppRig app) {
    return dynamoDb
        .listBackups(request -> request.tableName(app.aws().resource()))
        .backupSummaries();
  }

  private void protect(AppRig app, boolean on) {
    dynamoDb.updateTable(
        request -> request.tableName(app.aws().resource()).deletionProtectionEnabled(on));
  }

  @Test
  void aTableIsMadeProtectedRecoverableAndReachableByTheAppsPodsAlone(Stage stage) {
    rig.emulator().transitions().dynamoDb(Duration.ofHours(1), A_WHILE, Duration.ZERO);
    rig.emulator().transitions().dynamoDbTags(Duration.ofSeconds(1));
    stage.operator();
    AppRig app = stage.example("dynamodb");
    app.eventually(() -> assertThat(app.component("table").state()).isEqualTo("CREATING"));
    assertThat(app.component("table").ready()).isFalse();
    rig.emulator().transitions().complete();
    app.awaitReady();

    TableDescription table = table(app).orElseThrow();
    assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(table.deletionProtectionEnabled()).isTrue();
    assertThat(table.keySchema())
        .extracting(key -> key.attributeName() + " " + key.keyType())
        .containsExactly("customer " + KeyType.HASH, "updatedAt " + KeyType.RANGE);
    assertThat(recovery(app)).isEqualTo("ENABLED");
    assertThat(
            dynamoDb
                .describeTimeToLive(request -> request.tableName(table.tableName()))
                .timeToLiveDescription()
                .attributeName())
        .isEqualTo("expiresAt");
    assertThat(tags(app))
        .containsEntry(OwnershipTags.NAME, "carts")
        .containsEntry(OwnershipTags.COMPONENT, "table")
        .containsEntry(OwnershipTags.DELETION_POLICY, "SNAPSHOT");
    assertThat(app.component("table").id()).isEqualTo(table.tableArn());
    assertThat(app.condition("DatabaseReady").status()).isEqualTo(ConditionStatus.TRUE);
    assertThat(app.condition("HighlyAvailable").status()).isEqualTo(ConditionStatus.TRUE);
    assertThat(app.aws().alarms())
        .containsOnlyKeys("table-read-throttles", "table-write-throttles", "table-system-errors");
    assertThat(app.aws().database()).isEmpty();
    assertThat(app.aws().securityGroups()).isEmpty();
    assertThat(app.aws().subnetGroup()).isEmpty();
    assertBound(app, table);
  }

  private void assertBound(AppRig app, TableDescription table) {
    assertThat(app.secret("database"))
        .isEqualTo(Map.of("type", "dynamodb", "table", table.tableName(), "region", "us-east-1"));
    assertThat(
            app.the(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv())
        .extracting(EnvVar::getName)
        .contains("DATABASE_TYPE", "DATABASE_TABLE", "DATABASE_REGION")
        .doesNotContain("DATABASE_PASSWORD");
    assertThat(app.aws().rolePolicies())
        .contains(table.tableArn() + "\"", table.tableArn() + "/index/*")
        .contains("dynamodb:PutItem")
        .doesNotContain("s3:");
    assertThat(app.the(ServiceAccount.class).getMetadata().getAnnotations())
        .containsEntry("eks.amazonaws.com/role-arn", app.aws().role().orElseThrow().arn());
    assertThat(app.condition("DatabaseReady").message()).isEmpty();
  }

  @Test
  void whatIsChangedByHandIsPutBackAndReported(Stage stage) {
    stage.operator();
    AppRig app = stage.example("dynamodb").awaitReady();
    String name = app.aws().resource();
    protect(app, false);
    dynamoDb.updateContinuousBackups(
        request ->
            request
                .tableName(name)
                .pointInTimeRecoverySpecification(to -> to.pointInTimeRecoveryEnabled(false)));

    app.eventually(
        () -> {
          assertThat(recovery(app)).isEqualTo("ENABLED");
          assertThat(table(app).orElseThrow().deletionProtectionEnabled()).isTrue();
        });
    app.eventually(
        () ->
            assertThat(String.join("\n", app.events("Drifted")))
                .contains("pointInTimeRecovery false -> true"));
    app.awaitReady();
  }

  @Test
  void aTableThatVanishedIsNotRecreatedEmpty(Stage stage) {
    stage.operator();
    AppRig app = stage.example("dynamodb").awaitReady();
    protect(app, false);
    long mark = rig.emulator().calls().mark();
    dynamoDb.deleteTable(request -> request.tableName(app.aws().resource()));

    app.eventually(
        () -> {
          assertThat(app.message("table")).startsWith("DataLossSuspected: ");
          assertThat(app.condition("DatabaseReady").reason()).isEqualTo("DataLossSuspected");
        });
    assertThat(rig.emulator().calls().by(Rig.OPERATOR).count(mark, "dynamodb", "CreateTable"))
        .isZero();
    assertThat(app.secret("database")).as("pods keep what they were given").isNotEmpty();

    app.patch("spec: {database: null}");
    app.awaitReady();
    app.patch("spec: {database: {dynamoDb: {partitionKey: {name: id, type: S}}}}");
    app.awaitReady();
    assertThat(table(app).orElseThrow().keySchema().getFirst().attributeName()).isEqualTo("id");
  }

  @Test
  void protectionKeepsTheTableAndARecreatedAppIsGivenItBack(Stage stage) {
    stage.operator();
    AppRig first = stage.example("dynamodb").awaitReady();
    dynamoDb.putItem(
        request ->
            request
                .tableName(first.aws().resource())
                .item(
                    Map.of(
                        "customer", AttributeValue.fromS("one"),
                        "updatedAt", AttributeValue.fromN("1"))));
    String id = table(first).orElseThrow().tableId();
    first.delete();
    first.awaitGone();
    assertThat(tags(first)).containsKey(OwnershipTags.RETAINED);
    assertThat(table(first).orElseThrow().deletionProtectionEnabled()).isTrue();
    assertThat(first.aws().role()).isEmpty();
    assertThat(String.join("\n", first.events("Retained"))).contains("table: dynamodb arn:");

    AppRig again = stage.example("dynamodb").awaitReady();
    assertThat(table(again).orElseThrow().tableId()).isEqualTo(id);
    assertThat(tags(again))
        .doesNotContainKey(OwnershipTags.RETAINED)
        .containsEntry(OwnershipTags.UID, again.get().getMetadata().getUid());
    assertThat(dynamoDb.scan(request -> request.tableName(again.aws().resource())).count())
        .isEqualTo(1);
  }

  @Test
  void withoutProtectionABackupIsTakenBeforeTheTableGoes(Stage stage) {
    stage.operator();
    AppRig app = stage.example("dynamodb").awaitReady();
    app.patch("spec: {deletionProtection: false}");
    app.awaitReady();
    rig.emulator().transitions().dynamoDbBackups(A_WHILE);

    app.delete();
    app.eventually(
        () -> {
          assertThat(app.status().deletion().finalSnapshots()).hasSize(1);
          assertThat(backups(app)).hasSize(1);
        });
    assertThat(table(app)).as("while its backup is made").isPresent();
    app.awaitGone();

    assertThat(table(app)).isEmpty();
    BackupSummary backup = backups(app).getFirst();
    assertThat(backups(app)).hasSize(1);
    assertThat(backup.backupStatusAsString()).isEqualTo("AVAILABLE");
    assertThat(backup.backupName()).startsWith(app.aws().resource() + "-final-");
    assertThat(app.events("FinalSnapshot"))
        .anySatisfy(line -> assertThat(line).contains(backup.backupName()));
    assertThat(app.aws().role()).isEmpty();
    assertThat(app.aws().alarms()).isEmpty();
  }

  @Test
  void policyDeleteTakesNoBackup(Stage stage) {
    stage.operator();
    AppRig app = stage.example("dynamodb").awaitReady();
    app.patch("spec: {deletionProtection: false, deletionPolicy: Delete}");
    app.awaitReady();
    app.delete();
    app.awaitGone();
    assertThat(table(app)).isEmpty();
    assertThat(backups(app)).isEmpty();
  }

  @Test
  void policyRetainKeepsTheTableEvenWithoutProtection(Stage stage) {
    stage.operator();
    AppRig app = stage.example("dynamodb").awaitReady();
    app.patch(
        """
        spec:
          deletionProtection: false
          deletionPolicy: Delete
          database: {dynamoDb: {deletionPolicy: Retain}}
        """);
    app.awaitReady();
    app.delete();
    app.awaitGone();
    assertThat(tags(app)).containsEntry(OwnershipTags.RETAINED, "RETAIN");
    assertThat(backups(app)).isEmpty();
  }
}
