package io.highlyavailable.operator.component.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.aws.CloudErrors;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.TableSettings;
import io.highlyavailable.testbed.aws.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

class TableAdapterTest extends AdapterContract<TableDesired, Table> {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration NONE = Duration.ZERO;

  TableAdapterTest() {
    super(new TableModule(), List.of());
  }

  private static TableSettings settings(String timeToLiveAttribute) {
    return new TableSettings(
        new TableSettings.Key("customer", "S"),
        new TableSettings.Key("orderedAt", "N"),
        true,
        timeToLiveAttribute,
        DeletionPolicy.SNAPSHOT);
  }

  @Override
  protected App sample() {
    return SampleApp.unique().table(settings("expires")).build();
  }

  /** The engine's way: what CreateTable does not take is set when the table is active. */
  @Override
  protected Table create() {
    adapter.create(desired, tags());
    Table active = adapter.find(name()).orElseThrow();
    return adapter.update(active, desired, component.differences(desired, active));
  }

  @AfterEach
  void nothingTakesTimeAnyMore() {
    var transitions = world.emulator().transitions();
    transitions.dynamoDb(NONE, NONE, NONE);
    transitions.dynamoDbBackups(NONE);
    transitions.dynamoDbTimeToLive(NONE);
    transitions.dynamoDbTags(NONE);
    transitions.complete();
  }

  private DynamoDbClient somebody() {
    return world.clients("somebody", CallListener.NONE).dynamoDb();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of(
        "pointInTimeRecovery", setting("table", "pointInTimeRecovery", false),
        "timeToLiveAttribute", setting("table", "timeToLiveAttribute", "until"),
        "deletionProtection", it -> Records.with(it, "deletionProtection", false),
        "deletionPolicy", setting("table", "deletionPolicy", DeletionPolicy.RETAIN));
  }

  @Override
  protected Map<String, Consumer<Table>> drifts() {
    return Map.of(
        "billingMode",
        table ->
            change(
                request ->
                    request
                        .tableName(table.name())
                        .billingMode(BillingMode.PROVISIONED)
                        .provisionedThroughput(
                            units -> units.readCapacityUnits(1L).writeCapacityUnits(1L))),
        "deletionProtection",
        table ->
            change(request -> request.tableName(table.name()).deletionProtectionEnabled(false)),
        "pointInTimeRecovery",
        table -> recovery(table.name(), false),
        "timeToLiveAttribute",
        table ->
            somebody()
                .updateTimeToLive(
                    request ->
                        request
                            .tableName(table.name())
                            .timeToLiveSpecification(
                                to -> to.enabled(false).attributeName("expires"))));
  }

  private void change(Consumer<UpdateTableRequest.Builder> request) {
    somebody().updateTable(request);
  }

  private void recovery(String table, boolean on) {
    somebody()
        .updateContinuousBackups(
            request ->
                request
                    .tableName(table)
                    .pointInTimeRecoverySpecification(to -> to.pointInTimeRecoveryEnabled(on)));
  }

  private List<BackupSummary> backups() {
    return somebody().listBackups(request -> request.tableName(name())).backupSummaries();
  }

  @Test
  void aNewTableIsCreatingAndThenLacksWhatCreateTableDoesNotTake() {
    world.emulator().transitions().dynamoDb(LONG, NONE, NONE);
    Table created = adapter.create(desired, tags());
    assertThat(created.inTransition()).isTrue();
    assertThat(adapter.find(name())).contains(created);
    assertThat(component.readiness(desired, created)).isInstanceOf(Readiness.Progressing.class);

    world.emulator().transitions().complete();
    Table active = adapter.find(name()).orElseThrow();
    assertThat(active.inTransition()).isFalse();
    assertThat(active.incarnation()).isEqualTo(created.incarnation());
    assertThat(component.readiness(desired, active)).isEqualTo(new Readiness.Ready());
    assertThat(component.differences(desired, active))
        .extracting(Difference::field)
        .containsExactly("pointInTimeRecovery", "timeToLiveAttribute");
  }

  @Test
  void hasTheKeysThatWereAskedFor() {
    create();
    Table seen = observed().orElseThrow();
    assertThat(seen.keys()).isEqualTo(new Table.Keys("customer S", "orderedAt N"));
    var description = somebody().describeTable(r -> r.tableName(name())).table();
    assertThat(description.keySchema())
        .extracting(key -> key.keyType())
        .containsExactly(KeyType.HASH, KeyType.RANGE);
  }

  @Test
  void anotherTimeToLiveAttributeTakesTwoChanges() {
    create();
    TableDesired other = desiredOf(SampleApp.unique().table(settings("deleteAt")).build());
    other = new TableDesired(name(), other.keys(), other.settings());
    Table table = observed().orElseThrow();

    table = adapter.update(table, other, component.differences(other, table));
    assertThat(table.settings().timeToLiveAttribute()).isEmpty();
    table = adapter.update(table, other, component.differences(other, table));
    assertThat(table.settings().timeToLiveAttribute()).isEqualTo("deleteAt");
    assertThat(observed()).contains(table);
  }

  @Test
  void timeToLiveThatCannotBeChangedYetHoldsUpNothingElse() {
    create();
    world.emulator().transitions().dynamoDbTimeToLive(LONG);
    somebody()
        .updateTimeToLive(
            request ->
                request
                    .tableName(name())
                    .timeToLiveSpecification(to -> to.enabled(false).attributeName("expires")));
    recovery(name(), false);
    Table drifted = observed().orElseThrow();

    Throwable refused =
        catchThrowable(
            () -> adapter.update(drifted, desired, component.differences(desired, drifted)));

    CloudFailure failure = CloudErrors.classify(refused);
    assertThat(failure.kind()).isEqualTo(CloudFailure.Kind.CONFLICT);
    assertThat(failure.nextStep()).contains("once an hour");
    assertThat(observed().orElseThrow().settings().pointInTimeRecovery()).isTrue();
  }

  @Test
  void whileItIsUpdatedItIsInTransitionAndServes() {
    create();
    change(request -> request.tableName(name()).deletionProtectionEnabled(false));
    Table drifted = observed().orElseThrow();
    world.emulator().transitions().dynamoDb(NONE, LONG, NONE);
    Table changed = adapter.update(drifted, desired, component.differences(desired, drifted));
    assertThat(changed.state()).isEqualTo("UPDATING");
    assertThat(changed.inTransition()).isTrue();
    assertThat(component.readiness(desired, changed)).isEqualTo(new Readiness.Ready());
    assertThat(component.differences(desired, changed)).isEmpty();
  }

  @Test
  void aNewTableWhoseTagsCannotBeSeenYetIsNotTakenForForeign() {
    world.emulator().transitions().dynamoDbTags(LONG);
    adapter.create(desired, tags());
    Throwable unknown = catchThrowable(() -> adapter.find(name()));
    assertThat(CloudErrors.classify(unknown).code()).isEqualTo("TagsNotVisible");
  }

  @Test
  void readsEveryPageOfTags() {
    create();
    Map<String, String> many =
        IntStream.range(0, 25).boxed().collect(Collectors.toMap(i -> "tag-" + i, i -> "v" + i));
    adapter.tag(observed().orElseThrow(), many);
    assertThat(observed().orElseThrow().tags()).containsAllEntriesOf(many);
  }

  @Test
  void deletionWaitsForItsBackup() {
    create();
    world.emulator().transitions().dynamoDbBackups(LONG);
    var disposal = new Disposal.SnapshotThenDelete(name() + "-final-abc");

    for (int attempt = 0; attempt < 3; attempt++) {
      Table row = observed().orElseThrow();
      assertThat(adapter.delete(row, disposal)).contains(row);
    }
    assertThat(backups()).hasSize(1);

    world.emulator().transitions().complete();
    Table unprotected = adapter.delete(observed().orElseThrow(), disposal).orElseThrow();
    assertThat(unprotected.settings().deletionProtection()).isFalse();
    Table deleting = adapter.delete(observed().orElseThrow(), disposal).orElseThrow();
    assertThat(deleting.deleting()).isTrue();
    assertThat(observed()).isEmpty();
    assertThat(backups())
        .singleElement()
        .satisfies(
            backup -> {
              assertThat(backup.backupName()).isEqualTo(name() + "-final-abc");
              assertThat(backup.backupStatusAsString()).isEqualTo("AVAILABLE");
            });
  }

  @Test
  void aBackupWhoseAnswerWasLostIsNotTakenTwice() {
    create();
    var disposal = new Disposal.SnapshotThenDelete(name() + "-final-abc");
    Table row = observed().orElseThrow();
    try (Fault lost =
        world.emulator().faults().on("dynamodb", "CreateBackup").caller("adapter").dropAfter()) {
      assertThat(catchThrowable(() -> adapter.delete(row, disposal))).isNotNull();
      assertThat(lost.hits()).isEqualTo(1);
    }
    for (int attempt = 0; attempt < 5 && observed().isPresent(); attempt++) {
      observed().ifPresent(table -> adapter.delete(table, disposal));
    }
    assertThat(observed()).isEmpty();
    assertThat(backups()).hasSize(1);
  }

  @Test
  void aBackupOfAnotherNameIsNotMistakenForTheFinalOne() {
    create();
    for (int i = 0; i < 101; i++) {
      somebody().createBackup(request -> request.tableName(name()).backupName("nightly"));
    }
    String last = name() + "-final-abc";
    somebody().createBackup(request -> request.tableName(name()).backupName(last));
    var disposal = new Disposal.SnapshotThenDelete(last);

    Table unprotected = adapter.delete(observed().orElseThrow(), disposal).orElseThrow();
    assertThat(unprotected.settings().deletionProtection())
        .as("found on the second page")
        .isFalse();

    var other = new Disposal.SnapshotThenDelete(name() + "-final-def");
    adapter.delete(observed().orElseThrow(), other);
    assertThat(observed().orElseThrow().deleting()).isFalse();
  }

  @Test
  void withoutABackupNoneIsTaken() {
    create();
    deleteUntilGone(observed().orElseThrow());
    assertThat(backups()).isEmpty();
  }

  @Test
  void listsEveryPage() {
    List<String> names = IntStream.range(0, 101).mapToObj(i -> name() + "-" + i).toList();
    names.forEach(
        name ->
            somebody()
                .createTable(
                    request ->
                        request
                            .tableName(name)
                            .billingMode(BillingMode.PAY_PER_REQUEST)
                            .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                            .attributeDefinitions(a -> a.attributeName("id").attributeType("S"))));
    assertThat(adapter.list().namesOnly()).containsAll(names);
    names.forEach(name -> somebody().deleteTable(request -> request.tableName(name)));
  }
}
