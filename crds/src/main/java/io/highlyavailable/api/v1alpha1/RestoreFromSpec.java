package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a database begins with: exactly one of snapshotId, sourceId and empty. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "[has(self.snapshotId), has(self.sourceId), has(self.empty)].filter(x, x).size() == 1",
    message =
        "restoreFrom needs exactly one of snapshotId, sourceId and empty; write restoreFrom: "
            + "{snapshotId: ...}, {sourceId: ...} or {empty: true}")
@ValidationRule(
    value = "!has(self.time) || has(self.sourceId)",
    message = "time goes with sourceId; write restoreFrom: {sourceId: ..., time: ...}")
public record RestoreFromSpec(
    @JsonPropertyDescription(
            "Identifier or ARN of the snapshot to restore. It must be of an app of this namespace, "
                + "or carry the administrator's tag highlyavailable.io/allowed-namespace.")
        @Size(min = 1, max = 255)
        @ValidationRule(
            value =
                "self.matches('^(arn:[a-z-]+:rds:[a-z0-9-]+:[0-9]{12}:snapshot:)?[A-Za-z0-9:-]+$')",
            message = "snapshotId is the identifier or the ARN of an RDS snapshot")
        @Nullable String snapshotId,
    @JsonPropertyDescription(
            "Identifier of the instance whose state at time is restored. The same tags are asked of "
                + "it as of a snapshot.")
        @Size(min = 1, max = 63)
        @ValidationRule(
            value = "self.matches('^[a-z]([a-z0-9-]*[a-z0-9])?$')",
            message = "sourceId is the identifier of an RDS instance, such as orders")
        @Nullable String sourceId,
    @JsonPropertyDescription(
            "The time to restore to, such as 2026-11-20T10:00:00Z. Default: the latest there is.")
        @Size(min = 20, max = 20)
        @ValidationRule(
            value = "self.matches('^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$')",
            message = "time is in UTC, such as 2026-11-20T10:00:00Z")
        @Nullable String time,
    @JsonPropertyDescription(
            "true: begin empty, although there are snapshots of an earlier database.")
        @ValidationRule(
            value = "self",
            message = "empty is true; leave restoreFrom out to decide nothing")
        @Nullable Boolean empty) {}
