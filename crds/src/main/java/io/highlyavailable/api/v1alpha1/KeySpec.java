package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A key attribute of a table in Amazon DynamoDB. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KeySpec(
    @JsonPropertyDescription("Name of the attribute, 1 to 255 characters, such as id.")
        @Required
        @Size(min = 1, max = 255)
        @ValidationRule(
            value = "self.matches('^[A-Za-z0-9_.:#-]+$')",
            message =
                "the name of a key attribute consists of letters, digits and _ . : # -, such as id")
        String name,
    @JsonPropertyDescription("S for text, N for a number, B for bytes.") @Required
        AttributeType type) {}
