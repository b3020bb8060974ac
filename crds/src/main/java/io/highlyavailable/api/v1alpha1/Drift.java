package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A difference between what is desired and what was found. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Drift(
    @JsonPropertyDescription("Name of the setting.") @Required @Size(min = 1, max = 256)
        String field,
    @JsonPropertyDescription("The value asked for.") @Required @Size(max = 1024) String desired,
    @JsonPropertyDescription("The value found.") @Required @Size(max = 1024) String actual,
    @JsonPropertyDescription("Corrected or Reported.") @Required DriftAction action) {}
