package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** To when the database can be brought back, and where copies are. Times are UTC, RFC 3339. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BackupStatus(
    @JsonPropertyDescription(
            "The database can be brought back to this time, and to later ones: it is written again "
                + "once it is an hour behind.")
        @Size(max = 64)
        @Nullable String latestRestorableTime,
    @JsonPropertyDescription("AWS region that copies are kept in.") @Size(max = 32)
        @Nullable String replicatedTo,
    @JsonPropertyDescription("The same as latestRestorableTime, from the copies.") @Size(max = 64)
        @Nullable String replicatedRestorableTime,
    @JsonPropertyDescription("The last verification, if backups are verified.")
        @Nullable VerificationStatus lastVerification) {}
