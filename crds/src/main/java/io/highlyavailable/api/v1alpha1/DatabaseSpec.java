package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The relational database: exactly one member. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.rds)",
    message =
        "database needs exactly one member; write rds, such as database: {rds: {engine: "
            + "postgres}}, or remove database")
public record DatabaseSpec(
    @JsonPropertyDescription("An instance in Amazon RDS.") @Nullable RdsSpec rds) {}
