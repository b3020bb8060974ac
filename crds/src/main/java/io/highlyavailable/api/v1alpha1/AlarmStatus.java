package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** An alarm that is on. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlarmStatus(
    @JsonPropertyDescription("Name of the alarm at its provider.")
        @Required
        @Size(min = 1, max = 255)
        String name,
    @JsonPropertyDescription("When it came on.") @Required @Size(min = 1, max = 64) String since,
    @JsonPropertyDescription("Whether it means that users suffer: then phase is Degraded.")
        @Required
        boolean usersAffected,
    @JsonPropertyDescription("What it means.") @Size(max = 4096) @Nullable String message,
    @JsonPropertyDescription("The provider's words about why it came on.") @Size(max = 4096)
        @Nullable String reason) {}
