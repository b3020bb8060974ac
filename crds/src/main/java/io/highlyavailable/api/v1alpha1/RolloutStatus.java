package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The image that was rolled out last, and the one to return to. Times are UTC, RFC 3339. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RolloutStatus(
    @JsonPropertyDescription("The image that was asked for last.")
        @Required
        @Size(min = 1, max = 512)
        String image,
    @JsonPropertyDescription(
            "The image that runs again if that one harms; the same once it has proved itself.")
        @Required
        @Size(min = 1, max = 512)
        String previousImage,
    @JsonPropertyDescription("When its rollout began, until it has proved itself.") @Size(max = 64)
        @Nullable String startedAt,
    @JsonPropertyDescription("Since when it serves, until it has proved itself.") @Size(max = 64)
        @Nullable String servingSince,
    @JsonPropertyDescription("The alarm for which previousImage runs again.") @Size(max = 255)
        @Nullable String rolledBackFor) {}
