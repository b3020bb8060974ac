package io.highlyavailable.operator.component.table;

import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailureException;
import io.highlyavailable.operator.model.Names;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Reads a table, one call for each part of it: DynamoDB has no call for all of them. */
final class TableReader {
  /**
   * "Might return ... an empty tag set ... Wait for a few seconds": what TagResource says of
   * reading tags right after they were written, with a wide margin.
   */
  private static final Duration TAGS_APPEAR = Duration.ofMinutes(1);

  /** In these neither recovery nor time to live can be asked for or changed. */
  private static final Set<String> BARE = Set.of(Table.CREATING, Table.DELETING);

  private final DynamoDbClient dynamoDb;
  private final InstantSource clock;

  TableReader(DynamoDbClient dynamoDb, InstantSource clock) {
    this.dynamoDb = dynamoDb;
    this.clock = clock;
  }

  /** Names of every table that could be ours; which are replicas only a description says. */
  Set<String> names() {
    return dynamoDb.listTablesPaginator().tableNames().stream()
        .filter(name -> name.startsWith(Names.PREFIX))
        .collect(Collectors.toSet());
  }

  /** The table in full; empty only when its description says that it does not exist. */
  Optional<Table> find(String name) {
    return describe(name)
        .map(found -> TableMapping.row(found, tags(found)))
        .map(table -> BARE.contains(table.state()) ? table : withSettings(table));
  }

  /** The same of a replica, whose tags say nothing. */
  Optional<TableReplica> replica(String name) {
    return describe(name)
        .filter(TableDescription::hasReplicas)
        .map(
            found ->
                TableReplica.of(
                    TableMapping.row(found, Map.of()),
                    !BARE.contains(found.tableStatusAsString()) && pointInTimeRecovery(name)));
  }

  private Optional<TableDescription> describe(String name) {
    try {
      return Optional.of(dynamoDb.describeTable(request -> request.tableName(name)).table());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  private Table withSettings(Table table) {
    return table.withSettings(
        table
            .settings()
            .withPointInTimeRecovery(pointInTimeRecovery(table.name()))
            .withTimeToLiveAttribute(timeToLiveAttribute(table.name())));
  }

  private boolean pointInTimeRecovery(String name) {
    var backups =
        dynamoDb
            .describeContinuousBackups(request -> request.tableName(name))
            .continuousBackupsDescription();
    var recovery = backups == null ? null : backups.pointInTimeRecoveryDescription();
    return recovery != null
        && recovery.pointInTimeRecoveryStatus() == PointInTimeRecoveryStatus.ENABLED;
  }

  private String timeToLiveAttribute(String name) {
    TimeToLiveDescription found =
        dynamoDb.describeTimeToLive(request -> request.tableName(name)).timeToLiveDescription();
    boolean on =
        found != null
            && (found.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                || found.timeToLiveStatus() == TimeToLiveStatus.ENABLING);
    return on ? found.attributeName() : "";
  }

  /**
   * A new table without tags may still be anybody's: it is not known whose, and what was known of
   * it stands.
   */
  private Map<String, String> tags(TableDescription description) {
    Map<String, String> tags = TableMapping.tags(allTags(description.tableArn()));
    if (tags.isEmpty() && isNew(description)) {
      throw new CloudFailureException(
          new CloudFailure(
              CloudFailure.Kind.CONFLICT,
              "dynamodb:ListTagsOfResource",
              "TagsNotVisible",
              "the tags of the new table " + description.tableName() + " cannot be seen yet",
              "",
              false));
    }
    return tags;
  }

  private boolean isNew(TableDescription description) {
    Instant created = description.creationDateTime();
    return created != null && clock.instant().isBefore(created.plus(TAGS_APPEAR));
  }

  private List<Tag> allTags(String arn) {
    List<Tag> tags = new ArrayList<>();
    @Nullable String token = null;
    do {
      String next = token;
      ListTagsOfResourceResponse page =
          dynamoDb.listTagsOfResource(request -> request.resourceArn(arn).nextToken(next));
      tags.addAll(page.tags());
      token = page.nextToken();
    } while (token != null);
    return tags;
  }
}
