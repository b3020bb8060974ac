package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A table in Amazon DynamoDB: billed by request, encrypted, restorable to any second. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.sortKey) || self.sortKey.name != self.partitionKey.name",
    message =
        "sortKey and partitionKey are two attributes; give sortKey another name or leave it out")
@ValidationRule(
    value =
        "has(self.sortKey) == has(oldSelf.sortKey) && (!has(self.sortKey) || self.sortKey == "
            + "oldSelf.sortKey)",
    message =
        "sortKey can be neither added, changed nor removed, as DynamoDB cannot; create another app "
            + "with the new key and move the data")
public record DynamoDbSpec(
    @JsonPropertyDescription(
            "The attribute that every item has and that spreads items over partitions. Immutable.")
        @Required
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "partitionKey cannot change, as DynamoDB cannot; create another app with the new "
                    + "key and move the data")
        KeySpec partitionKey,
    @JsonPropertyDescription(
            "The attribute that orders items of one partition key. Default none. Immutable.")
        @Nullable KeySpec sortKey,
    @JsonPropertyDescription(
            "Whether the table can be restored to any second of the last 35 days. Default true. "
                + "Turning it off discards the backups it was based on.")
        @Default("true")
        @Nullable Boolean pointInTimeRecovery,
    @JsonPropertyDescription(
            "The number attribute, in seconds since 1970, after which DynamoDB deletes an item. "
                + "Default none: items are kept. DynamoDB takes one change an hour, and two for "
                + "another attribute.")
        @Size(max = 255)
        @ValidationRule(
            value = "self == '' || self.matches('^[A-Za-z0-9_.:#-]+$')",
            message =
                "timeToLiveAttribute is the name of an attribute of letters, digits and _ . : # -, "
                    + "such as expiresAt; leave it out for none")
        @Nullable String timeToLiveAttribute,
    @JsonPropertyDescription(
            "What happens to the table when it is removed: Snapshot (an on-demand backup, then "
                + "deletion), Retain or Delete. Default: spec.deletionPolicy.")
        @Nullable DeletionPolicy deletionPolicy) {}
