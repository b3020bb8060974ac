package io.highlyavailable.operator.component.table;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Tags;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.BackupStatus;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/**
 * Tables at DynamoDB, whose listing shows names only. A create is one call, after which a table has
 * neither recovery nor time to live: these can be set when it is active, and are differences until
 * then.
 */
public final class TableAdapter implements Adapter<TableDesired, Table> {
  /** Settings that UpdateTable changes, for which the table leaves {@code ACTIVE} for a while. */
  private static final Set<String> BY_UPDATE_TABLE =
      Set.of(TableDifferences.BILLING, TableDifferences.PROTECTION);

  private final AwsClients clients;
  private final TableReader reader;

  TableAdapter(AwsClients clients) {
    this.clients = clients;
    this.reader = new TableReader(clients.dynamoDb(), InstantSource.system());
  }

  @Override
  public String service() {
    return "dynamodb";
  }

  @Override
  public Listing<Table> list() {
    return Listing.ofNames(reader.names());
  }

  @Override
  public Optional<Table> find(String name) {
    return reader.find(name);
  }

  @Override
  public Table create(TableDesired desired, Map<String, String> tags) {
    CreateTableRequest request =
        CreateTableRequest.builder()
            .tableName(desired.name())
            .keySchema(TableMapping.schema(desired.keys()))
            .attributeDefinitions(TableMapping.attributes(desired.keys()))
            .billingMode(billing(desired.settings()))
            .deletionProtectionEnabled(desired.settings().deletionProtection())
            .tags(TableMapping.tags(tags))
            .build();
    return TableMapping.row(clients.dynamoDb().createTable(request).tableDescription(), tags);
  }

  private static BillingMode billing(Table.Settings settings) {
    return settings.onDemand() ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED;
  }

  /**
   * Recovery goes first: it guards the data. Time to live goes last and alone, because DynamoDB
   * refuses a second change within an hour, which must not hold up the others.
   */
  @Override
  public Table update(Table actual, TableDesired desired, List<Difference> changes) {
    Set<String> fields = changes.stream().map(Difference::field).collect(Collectors.toSet());
    Table changed = actual;
    if (fields.contains(TableDifferences.RECOVERY)) {
      changed = recovery(changed, desired.settings().pointInTimeRecovery());
    }
    if (fields.stream().anyMatch(BY_UPDATE_TABLE::contains)) {
      return updated(changed, settings(desired, fields));
    }
    return fields.contains(TableDifferences.TIME_TO_LIVE)
        ? timeToLive(changed, desired.settings().timeToLiveAttribute())
        : changed;
  }

  private Table recovery(Table actual, boolean on) {
    clients
        .dynamoDb()
        .updateContinuousBackups(
            request ->
                request
                    .tableName(actual.name())
                    .pointInTimeRecoverySpecification(
                        recovery -> recovery.pointInTimeRecoveryEnabled(on)));
    return actual.withSettings(actual.settings().withPointInTimeRecovery(on));
  }

  private static UpdateTableRequest settings(TableDesired desired, Set<String> fields) {
    UpdateTableRequest.Builder request = UpdateTableRequest.builder().tableName(desired.name());
    if (fields.contains(TableDifferences.BILLING)) {
      request.billingMode(billing(desired.settings()));
    }
    if (fields.contains(TableDifferences.PROTECTION)) {
      request.deletionProtectionEnabled(desired.settings().deletionProtection());
    }
    return request.build();
  }

  private Table updated(Table actual, UpdateTableRequest request) {
    return seen(actual, clients.dynamoDb().updateTable(request).tableDescription());
  }

  /** What a description does not show is as it was. */
  private static Table seen(Table actual, TableDescription description) {
    Table shown = TableMapping.row(description, actual.tags());
    return shown.withSettings(
        shown
            .settings()
            .withPointInTimeRecovery(actual.settings().pointInTimeRecovery())
            .withTimeToLiveAttribute(actual.settings().timeToLiveAttribute()));
  }

  /** Another attribute takes two changes: DynamoDB enables none while one is enabled. */
  private Table timeToLive(Table actual, String wanted) {
    String present = actual.settings().timeToLiveAttribute();
    boolean enable = present.isEmpty();
    clients
        .dynamoDb()
        .updateTimeToLive(
            request ->
                request
                    .tableName(actual.name())
                    .timeToLiveSpecification(
                        to -> to.enabled(enable).attributeName(enable ? wanted : present)));
    return actual.withSettings(actual.settings().withTimeToLiveAttribute(enable ? wanted : ""));
  }

  @Override
  public Table tag(Table actual, Map<String, String> tags) {
    clients
        .dynamoDb()
        .tagResource(request -> request.resourceArn(actual.id()).tags(TableMapping.tags(tags)));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  public Table untag(Table actual, List<String> keys) {
    clients.dynamoDb().untagResource(request -> request.resourceArn(actual.id()).tagKeys(keys));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  /**
   * One step an attempt: the backup until it is available, then the protection, then the table. The
   * row comes back as it is, and the next attempt goes on.
   */
  @Override
  public Optional<Table> delete(Table actual, Disposal disposal) {
    if (actual.deleting()) {
      return find(actual.name());
    }
    try {
      return Optional.of(nextStep(actual, disposal));
    } catch (ResourceNotFoundException | TableNotFoundException e) {
      return find(actual.name());
    }
  }

  private Table nextStep(Table actual, Disposal disposal) {
    boolean saved =
        switch (disposal) {
          case Disposal.Delete() -> true;
          case Disposal.SnapshotThenDelete(String backup) -> backedUp(actual.name(), backup);
          case Disposal.Retain retain ->
              throw new IllegalArgumentException("retaining is not deleting: " + retain);
        };
    if (!saved) {
      return actual;
    }
    // AWS's own protection goes only here, where deletion has been consented to.
    if (actual.settings().deletionProtection()) {
      return updated(
          actual,
          UpdateTableRequest.builder()
              .tableName(actual.name())
              .deletionProtectionEnabled(false)
              .build());
    }
    return seen(
        actual,
        clients
            .dynamoDb()
            .deleteTable(request -> request.tableName(actual.name()))
            .tableDescription());
  }

  /** Whether the backup can be restored from; begun when there is none of that name. */
  private boolean backedUp(String table, String name) {
    List<BackupSummary> found =
        backups(table).stream().filter(backup -> name.equals(backup.backupName())).toList();
    if (found.isEmpty()) {
      clients.dynamoDb().createBackup(request -> request.tableName(table).backupName(name));
      return false;
    }
    return found.stream().anyMatch(backup -> backup.backupStatus() == BackupStatus.AVAILABLE);
  }

  private List<BackupSummary> backups(String table) {
    List<BackupSummary> backups = new ArrayList<>();
    @Nullable String last = null;
    do {
      String from = last;
      ListBackupsResponse page =
          clients
              .dynamoDb()
              .listBackups(request -> request.tableName(table).exclusiveStartBackupArn(from));
      backups.addAll(page.backupSummaries());
      last = page.lastEvaluatedBackupArn();
    } while (last != null);
    return backups;
  }
}
