package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Copies of the app's data in another region, for the day when its own is lost. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(oldSelf.region) || !has(self.region) || self.region == oldSelf.region",
    message =
        "disasterRecovery.region cannot change while it is set; remove disasterRecovery, apply, "
            + "then set it again with the other region")
public record DisasterRecoverySpec(
    @JsonPropertyDescription(
            "AWS region of the copies, such as eu-central-1; another one than aws.region. "
                + "Default: the operator's recovery region, if its administrator has set one.")
        @Size(min = 1, max = 32)
        @ValidationRule(
            value = "self.matches('^[a-z]{2}(-[a-z]+)+-[0-9]{1,2}$')",
            message =
                "disasterRecovery.region is an AWS region, such as eu-central-1, not an "
                    + "availability zone")
        @Nullable String region,
    @JsonPropertyDescription("Whether the database's automated backups are copied. Default true.")
        @Default("true")
        @Nullable Boolean databaseBackups,
    @JsonPropertyDescription(
            "Whether the bucket's objects are copied from now on. Default true. Needs versioning.")
        @Default("true")
        @Nullable Boolean storageReplication,
    @JsonPropertyDescription(
            "Whether a replica of the DynamoDB table is kept. Default true. DynamoDB bills its "
                + "writes and storage like the table's own.")
        @Default("true")
        @Nullable Boolean tableReplica) {}
