package io.highlyavailable.operator.component.table;

/**
 * A replica as it should be.
 *
 * @param name the table's name
 * @param tableArn the table's ARN
 * @param home the table's region
 * @param seenFromHome what the table says of its replica; empty for nothing
 * @param deletionProtection whether DynamoDB refuses to delete it
 * @param pointInTimeRecovery whether it can be restored to any second of the last 35 days
 */
public record TableReplicaDesired(
    String name,
    String tableArn,
    String home,
    String seenFromHome,
    boolean deletionProtection,
    boolean pointInTimeRecovery) {}
