package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The last verification of backups. Times are UTC, RFC 3339. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VerificationStatus(
    @JsonPropertyDescription("When it ended.") @Required @Size(min = 1, max = 64) String time,
    @JsonPropertyDescription("Succeeded or Failed.") @Required VerificationResult result,
    @JsonPropertyDescription("The time to which the backup brought the database back, or later.")
        @Size(max = 64)
        @Nullable String restoredTo,
    @JsonPropertyDescription("What was found, or why it failed.") @Size(max = 1024)
        @Nullable String message) {}
