package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReplicaStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * Source: UpdateTable (ReplicaUpdates), DeleteTable and ReplicaDescription in the API reference of
 * Amazon DynamoDB; "How DynamoDB global tables work" and "Best practices for global tables" in its
 * developer guide, for version 2019.11.21.
 */
class TableReplicaContractTest extends EmulatorTest {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration LONG = Duration.ofHours(1);
  private static final String AWAY = "us-west-2";

  private final DynamoDbClient home = client(DynamoDbClient.builder());
  private final DynamoDbClient away =
      emulator().configure(DynamoDbClient.builder()).region(Region.of(AWAY)).build();

  @AfterEach
  void nothingTakesTimeAnyMore() {
    emulator().transitions().dynamoDb(NONE, NONE, NONE);
    emulator().transitions().complete();
  }

  private static void create(DynamoDbClient region, String name) {
    region.createTable(
        request ->
            request
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                .attributeDefinitions(one -> one.attributeName("id").attributeType("S")));
    describe(region, name);
  }

  private static TableDescription describe(DynamoDbClient region, String name) {
    return region.describeTable(request -> request.tableName(name)).table();
  }

  private TableDescription add(String name, String region) {
    return home.updateTable(
            request ->
                request
                    .tableName(name)
                    .replicaUpdates(one -> one.create(replica -> replica.regionName(region))))
        .tableDescription();
  }

  private void remove(String name, String region) {
    home.updateTable(
        request ->
            request
                .tableName(name)
                .replicaUpdates(one -> one.delete(replica -> replica.regionName(region))));
  }

  @Test
  void aReplicaIsATableOfItsRegionAndEachShowsTheOther() {
    create(home, "shop");
    add("shop", AWAY);
    TableDescription replica = describe(away, "shop");
    assertThat(replica.tableArn()).isEqualTo("arn:aws:dynamodb:us-west-2:123456789012:table/shop");
    assertThat(replica.tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(replica.replicas()).extracting("regionName").containsExactly("us-east-1");
    assertThat(replica.deletionProtectionEnabled()).isFalse();
    assertThat(describe(home, "shop").replicas()).extracting("regionName").containsExactly(AWAY);
    assertThat(describe(home, "shop").globalTableVersion()).isEqualTo("2019.11.21");
  }

  @Test
  void streamsOfBothImagesAreTurnedOnInBoth() {
    create(home, "shop");
    add("shop", AWAY);
    assertThat(List.of(describe(home, "shop"), describe(away, "shop")))
        .allSatisfy(
            table ->
                assertThat(table.streamSpecification().streamViewType())
                    .isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES));
  }

  @Test
  void aStreamOfOneImageIsInTheWay() {
    create(home, "shop");
    home.updateTable(
        request ->
            request
                .tableName("shop")
                .streamSpecification(
                    stream -> stream.streamEnabled(true).streamViewType(StreamViewType.KEYS_ONLY)));
    describe(home, "shop");
    refused("ValidationException", () -> add("shop", AWAY));
  }

  @Test
  void itemsAreTheSameInBoth() {
    create(home, "shop");
    home.putItem(r -> r.tableName("shop").item(Map.of("id", AttributeValue.fromS("before"))));
    add("shop", AWAY);
    describe(away, "shop");
    home.putItem(r -> r.tableName("shop").item(Map.of("id", AttributeValue.fromS("after"))));
    assertThat(away.scan(request -> request.tableName("shop")).items()).hasSize(2);
  }

  @Test
  void bothAreBusyWhileAReplicaIsMade() {
    create(home, "shop");
    emulator().transitions().dynamoDb(LONG, NONE, NONE);
    assertThat(add("shop", AWAY).tableStatus()).isEqualTo(TableStatus.UPDATING);
    assertThat(describe(home, "shop").replicas())
        .singleElement()
        .satisfies(it -> assertThat(it.replicaStatus()).isEqualTo(ReplicaStatus.CREATING));
    assertThat(describe(away, "shop").tableStatus()).isEqualTo(TableStatus.CREATING);
    refused("ResourceInUseException", () -> remove("shop", AWAY));
  }

  @Test
  void theOwnRegionATakenNameAndAMissingReplicaAreRefused() {
    create(home, "shop");
    create(away, "shop");
    refused("ValidationException", () -> add("shop", "us-east-1"));
    refused("ValidationException", () -> add("shop", AWAY));
    refused("ValidationException", () -> remove("shop", AWAY));
    assertThat(describe(home, "shop").tableStatus()).isEqualTo(TableStatus.ACTIVE);
  }

  @Test
  void theSourceIsNotDeletedBeforeItsReplica() {
    create(home, "shop");
    add("shop", AWAY);
    describe(home, "shop");
    refused("ValidationException", () -> home.deleteTable(r -> r.tableName("shop")));
    remove("shop", AWAY);
    assertThat(away.listTables().tableNames()).isEmpty();
    assertThat(describe(home, "shop").replicas()).isEmpty();
    home.deleteTable(request -> request.tableName("shop"));
    assertThat(home.listTables().tableNames()).isEmpty();
  }

  @Test
  void aProtectedReplicaIsNotRemoved() {
    create(home, "shop");
    add("shop", AWAY);
    describe(away, "shop");
    away.updateTable(request -> request.tableName("shop").deletionProtectionEnabled(true));
    describe(away, "shop");
    refused("ValidationException", () -> remove("shop", AWAY));
    assertThat(describe(home, "shop").deletionProtectionEnabled()).isFalse();
  }

  @Test
  void aReplicaThatIsDeletedLikeATableLeavesTheOther() {
    create(home, "shop");
    add("shop", AWAY);
    describe(away, "shop");
    away.deleteTable(request -> request.tableName("shop"));
    assertThat(describe(home, "shop").replicas()).isEmpty();
  }
}
