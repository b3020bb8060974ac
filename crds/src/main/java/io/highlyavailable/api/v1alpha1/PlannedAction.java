package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A change that waits. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlannedAction(
    @JsonPropertyDescription("Name of the component.") @Required @Size(min = 1, max = 63)
        String component,
    @JsonPropertyDescription("Whether it interrupts service.") @Required boolean disruptive,
    @JsonPropertyDescription("The field, its value now and the wanted one.")
        @Required
        @Size(min = 1, max = 4096)
        String summary) {}
