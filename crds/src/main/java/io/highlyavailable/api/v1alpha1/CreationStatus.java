package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Who is creating a resource that the provider would make twice if it were asked twice. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CreationStatus(
    @JsonPropertyDescription("The operator process that asks for it; no other does meanwhile.")
        @Required
        @Size(min = 1, max = 63)
        String by,
    @JsonPropertyDescription("When that was put on record, before the first call.")
        @Required
        @Size(min = 1, max = 64)
        String at) {}
