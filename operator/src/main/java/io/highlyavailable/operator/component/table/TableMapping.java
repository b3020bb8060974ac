package io.highlyavailable.operator.component.table;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReplicaDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** DynamoDB's words for tables and ours. */
final class TableMapping {
  private TableMapping() {}

  /** A row with what descriptions do not show, as it is right after the creation. */
  static Table row(TableDescription description, Map<String, String> tags) {
    return new Table(
        description.tableName(),
        description.tableArn(),
        description.tableStatusAsString(),
        description.tableId() + "/" + description.creationDateTime(),
        keys(description),
        new Table.Settings(
            onDemand(description),
            Boolean.TRUE.equals(description.deletionProtectionEnabled()),
            false,
            ""),
        tags,
        replicas(description));
  }

  /** The statuses of replicas in other regions, by region. */
  static Map<String, String> replicas(TableDescription description) {
    return description.replicas().stream()
        .collect(
            Collectors.toMap(
                ReplicaDescription::regionName, ReplicaDescription::replicaStatusAsString));
  }

  /** DynamoDB leaves the summary out of tables that never were on demand. */
  private static boolean onDemand(TableDescription description) {
    var billing = description.billingModeSummary();
    return billing != null && billing.billingMode() == BillingMode.PAY_PER_REQUEST;
  }

  private static Table.Keys keys(TableDescription description) {
    return new Table.Keys(key(description, KeyType.HASH), key(description, KeyType.RANGE));
  }

  private static String key(TableDescription description, KeyType kind) {
    return description.keySchema().stream()
        .filter(key -> key.keyType() == kind)
        .findFirst()
        .map(key -> key.attributeName() + " " + type(description, key.attributeName()))
        .orElse("");
  }

  private static String type(TableDescription description, String attribute) {
    return description.attributeDefinitions().stream()
        .filter(definition -> definition.attributeName().equals(attribute))
        .findFirst()
        .map(AttributeDefinition::attributeTypeAsString)
        .orElse("");
  }

  static List<KeySchemaElement> schema(Table.Keys keys) {
    return present(keys).entrySet().stream()
        .map(
            key ->
                KeySchemaElement.builder()
                    .attributeName(name(key.getValue()))
                    .keyType(key.getKey())
                    .build())
        .toList();
  }

  static List<AttributeDefinition> attributes(Table.Keys keys) {
    return present(keys).values().stream()
        .map(
            key ->
                AttributeDefinition.builder()
                    .attributeName(name(key))
                    .attributeType(key.substring(key.lastIndexOf(' ') + 1))
                    .build())
        .toList();
  }

  /** DynamoDB wants the partition key first. */
  private static Map<KeyType, String> present(Table.Keys keys) {
    Map<KeyType, String> present = new java.util.EnumMap<>(KeyType.class);
    present.put(KeyType.HASH, keys.partition());
    if (!keys.sort().isEmpty()) {
      present.put(KeyType.RANGE, keys.sort());
    }
    return present;
  }

  private static String name(String key) {
    return key.substring(0, key.lastIndexOf(' '));
  }

  static Map<String, String> tags(List<Tag> tags) {
    return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
  }

  static List<Tag> tags(Map<String, String> tags) {
    return new java.util.TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }
}
