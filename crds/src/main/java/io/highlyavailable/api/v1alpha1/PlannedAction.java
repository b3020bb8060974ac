package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A change that waits. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlannedAction(
    @JsonPropertyDescription("Name of the component.") @Required @Size(min = 1, max = 63)
        String component,
    @JsonPropertyDescription(
            "What is done: Update gives a field another value; Adopt makes a resource that exists "
                + "already the app's.")
        @Nullable PlannedActionKind action,
    @JsonPropertyDescription("Whether it interrupts service.") @Required boolean disruptive,
    @JsonPropertyDescription("The field, its value now and the wanted one; or what adopting does.")
        @Required
        @Size(min = 1, max = 4096)
        String summary) {}
