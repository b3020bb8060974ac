package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** An observation in the shape of metav1.Condition. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @JsonPropertyDescription("What is observed, such as Ready or DatabaseReady.")
        @Required
        @Size(min = 1, max = 316)
        String type,
    @JsonPropertyDescription("True, False or Unknown.") @Required ConditionStatus status,
    @JsonPropertyDescription("The reason in one CamelCase word.")
        @Required
        @Size(min = 1, max = 1024)
        String reason,
    @JsonPropertyDescription("The reason in one line for people; may be empty.")
        @Required
        @Size(max = 32768)
        String message,
    @JsonPropertyDescription("Generation of the spec that this was observed for.") @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("When status last changed, RFC 3339 in UTC.") @Required @Size(max = 64)
        String lastTransitionTime) {}
