package io.highlyavailable.operator.component.table;

/**
 * A DynamoDB table as it should be. It is always encrypted: DynamoDB has no tables that are not.
 *
 * @param name its name
 * @param keys what items are found by
 * @param settings what can be changed
 */
public record TableDesired(String name, Table.Keys keys, Table.Settings settings) {}
