package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The database: exactly one member, relational or a table of items. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.rds) != has(self.dynamoDb)",
    message =
        "database needs exactly one member; write either rds, such as database: {rds: {engine: "
            + "postgres}}, or dynamoDb, such as database: {dynamoDb: {partitionKey: {name: id, "
            + "type: S}}}, or remove database")
@ValidationRule(
    value =
        "has(self.rds) == has(self.dynamoDb) || has(oldSelf.rds) == has(oldSelf.dynamoDb) || "
            + "has(self.rds) == has(oldSelf.rds)",
    message =
        "database cannot change between rds and dynamoDb, as no data would move; create another "
            + "app with the other one and move the data")
public record DatabaseSpec(
    @JsonPropertyDescription("An instance in Amazon RDS.") @Nullable RdsSpec rds,
    @JsonPropertyDescription("A table in Amazon DynamoDB.") @Nullable DynamoDbSpec dynamoDb) {}
