package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BackupDetails;
import software.amazon.awssdk.services.dynamodb.model.BackupStatus;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.BackupType;
import software.amazon.awssdk.services.dynamodb.model.BackupTypeFilter;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * Source: the API reference of Amazon DynamoDB, each operation under the name of the call; where
 * noted, "Using on-demand backup and restore" and "Point-in-time recovery" in the developer guide.
 */
class DynamoDbContractTest extends EmulatorTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration NONE = Duration.ZERO;

  private final DynamoDbClient dynamoDb = client(DynamoDbClient.builder());

  private TableDescription create(String name) {
    return create(name, "S");
  }

  private TableDescription create(String name, String type) {
    return dynamoDb
        .createTable(
            request ->
                request
                    .tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                    .attributeDefinitions(one -> one.attributeName("id").attributeType(type))
                    .tags(Tag.builder().key("team").value("shop").build()))
        .tableDescription();
  }

  private TableDescription describe(String name) {
    return dynamoDb.describeTable(request -> request.tableName(name)).table();
  }

  private TableStatus delete(String name) {
    return dynamoDb
        .deleteTable(request -> request.tableName(name))
        .tableDescription()
        .tableStatus();
  }

  private void protect(String name, boolean on) {
    dynamoDb.updateTable(request -> request.tableName(name).deletionProtectionEnabled(on));
  }

  private void recovery(String name, boolean on) {
    dynamoDb.updateContinuousBackups(
        request ->
            request
                .tableName(name)
                .pointInTimeRecoverySpecification(to -> to.pointInTimeRecoveryEnabled(on)));
  }

  private PointInTimeRecoveryDescription recovery(String name) {
    return dynamoDb
        .describeContinuousBackups(request -> request.tableName(name))
        .continuousBackupsDescription()
        .pointInTimeRecoveryDescription();
  }

  private void timeToLive(String name, String attribute, boolean on) {
    dynamoDb.updateTimeToLive(
        request ->
            request
                .tableName(name)
                .timeToLiveSpecification(to -> to.attributeName(attribute).enabled(on)));
  }

  private TimeToLiveDescription timeToLive(String name) {
    return dynamoDb.describeTimeToLive(request -> request.tableName(name)).timeToLiveDescription();
  }

  private BackupDetails backup(String table, String name) {
    return dynamoDb
        .createBackup(request -> request.tableName(table).backupName(name))
        .backupDetails();
  }

  private List<BackupSummary> backups(String table) {
    return dynamoDb.listBackups(request -> request.tableName(table)).backupSummaries();
  }

  private Map<String, String> tags(String arn) {
    return dynamoDb.listTagsOfResource(request -> request.resourceArn(arn)).tags().stream()
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }

  @Test
  void aNewTableIsCreatingUntilItIsActive() {
    emulator().transitions().dynamoDb(LONG, NONE, NONE);

    assertThat(create("shop").tableStatus()).isEqualTo(TableStatus.CREATING);
    assertThat(describe("shop").tableStatus()).isEqualTo(TableStatus.CREATING);

    emulator().transitions().complete();
    assertThat(describe("shop").tableStatus()).isEqualTo(TableStatus.ACTIVE);
  }

  @Test
  void aStateEndsByItselfWhenItsTimeIsOver() {
    emulator().transitions().dynamoDb(Duration.ofMillis(100), NONE, NONE);
    create("shop");
    await().until(() -> describe("shop").tableStatus() == TableStatus.ACTIVE);
  }

  @Test
  void whileCreatedATableCanNeitherBeUpdatedNorDeletedNorMadeRecoverable() {
    emulator().transitions().dynamoDb(LONG, NONE, NONE);
    create("shop");
    refused("ResourceInUseException", () -> protect("shop", true));
    refused("ResourceInUseException", () -> delete("shop"));
    refused("ResourceInUseException", () -> timeToLive("shop", "expires", true));
    refused("ContinuousBackupsUnavailableException", () -> recovery("shop", true));
    refused("TableInUseException", () -> backup("shop", "final"));
  }

  @Test
  void anUpdateLeavesTheTableUpdatingAndAllowsNoOther() {
    create("shop");
    describe("shop");
    emulator().transitions().dynamoDb(NONE, LONG, NONE);
    protect("shop", true);

    assertThat(describe("shop").tableStatus()).isEqualTo(TableStatus.UPDATING);
    refused("ResourceInUseException", () -> protect("shop", false));

    emulator().transitions().complete();
    assertThat(describe("shop").tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(describe("shop").deletionProtectionEnabled()).isTrue();
  }

  @Test
  void aDeletedTableIsDeletingUntilItIsGone() {
    create("shop");
    emulator().transitions().dynamoDb(NONE, NONE, LONG);

    assertThat(delete("shop")).isEqualTo(TableStatus.DELETING);
    assertThat(delete("shop")).as("no error is returned").isEqualTo(TableStatus.DELETING);
    assertThat(dynamoDb.listTables().tableNames()).containsExactly("shop");
    refused("ResourceInUseException", () -> create("shop"));

    emulator().transitions().complete();
    assertThatThrownBy(() -> describe("shop")).isInstanceOf(ResourceNotFoundException.class);
    assertThat(dynamoDb.listTables().tableNames()).isEmpty();
  }

  @Test
  void aProtectedTableIsNotDeleted() {
    create("shop");
    protect("shop", true);
    describe("shop");
    refused("ValidationException", () -> delete("shop"));
    protect("shop", false);
    describe("shop");
    delete("shop");
  }

  @Test
  void createTableRefusesNamesKeyTypesAndDuplicates() {
    refused("ValidationException", () -> create("ab"));
    refused("ValidationException", () -> create("with space"));
    refused("ValidationException", () -> create("x".repeat(256)));
    refused("ValidationException", () -> create("shop", "string"));
    assertThat(dynamoDb.listTables().tableNames()).isEmpty();
    create("shop");
    assertThatThrownBy(() -> create("shop")).hasMessageContaining("Table already exists: shop");
  }

  @Test
  void everyTableHasAnIdOfItsOwnAlsoUnderTheSameName() {
    String first = create("shop").tableId();
    assertThat(describe("shop").tableId()).isEqualTo(first);
    delete("shop");
    dynamoDb.listTables();
    assertThat(create("shop").tableId()).isNotEqualTo(first).isNotBlank();
  }

  @Test
  void listingsGoOnAfterATableThatWasDeletedMeanwhile() {
    List<String> names = IntStream.range(0, 5).mapToObj(i -> "table-" + i).toList();
    names.forEach(this::create);
    var first = dynamoDb.listTables(request -> request.limit(2));
    assertThat(first.tableNames()).containsExactly("table-0", "table-1");
    delete("table-1");
    assertThat(
            dynamoDb
                .listTables(r -> r.exclusiveStartTableName(first.lastEvaluatedTableName()))
                .tableNames())
        .containsExactly("table-2", "table-3", "table-4");
    refused("ValidationException", () -> dynamoDb.listTables(request -> request.limit(101)));
  }

  @Test
  void theNewestRestorableTimeMovesAndIsFiveMinutesBehindAtMostFromTheBeginning() {
    create("shop");
    assertThat(recovery("shop").pointInTimeRecoveryStatusAsString()).isEqualTo("DISABLED");
    Instant before = Instant.now().minusSeconds(2);
    recovery("shop", true);
    PointInTimeRecoveryDescription found = recovery("shop");
    assertThat(found.pointInTimeRecoveryStatusAsString()).isEqualTo("ENABLED");
    assertThat(found.recoveryPeriodInDays()).isEqualTo(35);
    assertThat(found.earliestRestorableDateTime()).isAfter(before);
    assertThat(found.latestRestorableDateTime())
        .isAfterOrEqualTo(found.earliestRestorableDateTime())
        .isBefore(Instant.now().plusSeconds(2));
    recovery("shop", false);
    assertThat(recovery("shop").latestRestorableDateTime()).isNull();
  }

  @Test
  void timeToLiveIsChangedOnceAnHour() {
    emulator().transitions().dynamoDbTimeToLive(LONG);
    create("shop");
    timeToLive("shop", "expires", true);
    assertThat(timeToLive("shop").timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLING);
    assertThat(timeToLive("shop").attributeName()).isEqualTo("expires");
    assertThatThrownBy(() -> timeToLive("shop", "expires", false))
        .hasMessageContaining("modified multiple times within a fixed interval");
  }

  @Test
  void timeToLiveHasOneAttributeAtATime() {
    create("shop");
    refused("ValidationException", () -> timeToLive("shop", "expires", false));
    timeToLive("shop", "expires", true);
    assertThat(timeToLive("shop").timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
    refused("ValidationException", () -> timeToLive("shop", "expires", true));
    refused("ValidationException", () -> timeToLive("shop", "other", true));
    timeToLive("shop", "expires", false);
    timeToLive("shop", "other", true);
    assertThat(timeToLive("shop").attributeName()).isEqualTo("other");
  }

  /** "While an on-demand backup is in progress, you can't ... delete the source table". */
  @Test
  void aBackupTakesTimeAndExcludesAnotherAndTheDeletion() {
    create("shop");
    emulator().transitions().dynamoDbBackups(LONG);

    assertThat(backup("shop", "final").backupStatus()).isEqualTo(BackupStatus.CREATING);
    assertThat(backups("shop"))
        .extracting(BackupSummary::backupStatus)
        .containsExactly(BackupStatus.CREATING);
    refused("BackupInUseException", () -> backup("shop", "other"));
    refused("ResourceInUseException", () -> delete("shop"));

    emulator().transitions().complete();
    assertThat(backups("shop"))
        .extracting(BackupSummary::backupStatus)
        .containsExactly(BackupStatus.AVAILABLE);
    delete("shop");
    dynamoDb.listTables();
    assertThat(backups("shop")).as("of the table that is gone").hasSize(1);
  }

  @Test
  void backupsMayShareANameAndAreListedPageByPage() {
    create("shop");
    refused("ValidationException", () -> backup("shop", "a"));
    for (int i = 0; i < 3; i++) {
      backup("shop", "final");
    }
    var first = dynamoDb.listBackups(request -> request.tableName("shop").limit(2));
    assertThat(first.backupSummaries()).hasSize(2);
    assertThat(
            dynamoDb
                .listBackups(
                    request ->
                        request
                            .tableName("shop")
                            .exclusiveStartBackupArn(first.lastEvaluatedBackupArn()))
                .backupSummaries())
        .hasSize(1);
  }

  /** "When you delete a table that has point-in-time recovery enabled": a system backup is kept. */
  @Test
  void aDeletedRecoverableTableLeavesASystemBackup() {
    create("shop");
    recovery("shop", true);
    delete("shop");
    assertThat(backups("shop")).as("USER is the default").isEmpty();
    assertThat(
            dynamoDb
                .listBackups(r -> r.tableName("shop").backupType(BackupTypeFilter.SYSTEM))
                .backupSummaries())
        .extracting(BackupSummary::backupType)
        .containsExactly(BackupType.SYSTEM);
  }

  @Test
  void tagsGoWithTheCreateAndHaveOneValueAKey() {
    String arn = create("shop").tableArn();
    assertThat(tags(arn)).isEqualTo(Map.of("team", "shop"));
    dynamoDb.tagResource(
        request -> request.resourceArn(arn).tags(Tag.builder().key("team").value("web").build()));
    assertThat(tags(arn)).isEqualTo(Map.of("team", "web"));
  }

  /** "ListTagsOfResource ... might return ... an empty tag set": TagResource. */
  @Test
  void tagsOfANewTableAreNotVisibleAtOnce() {
    emulator().transitions().dynamoDbTags(Duration.ofMillis(300));
    String arn = create("shop").tableArn();
    assertThat(tags(arn)).isEmpty();
    await().untilAsserted(() -> assertThat(tags(arn)).containsEntry("team", "shop"));
  }
}
