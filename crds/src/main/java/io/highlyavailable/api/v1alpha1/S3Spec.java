package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bucket in Amazon S3: encrypted, private, TLS only. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.expireNoncurrentDays) || self.versioning",
    message =
        "expireNoncurrentDays has no effect without versioning; set versioning to true or "
            + "remove expireNoncurrentDays")
@ValidationRule(
    value = "!has(self.existing) || !has(self.deletionPolicy) || self.deletionPolicy == 'Retain'",
    message = "an adopted bucket is always retained; write deletionPolicy: Retain or leave it out")
@ValidationRule(
    value = "has(self.existing) == has(oldSelf.existing)",
    message =
        "existing cannot be added to a bucket that is there, nor removed from it; remove the s3 "
            + "block and apply (see deletionPolicy for what becomes of a bucket that was not "
            + "adopted), then add it again with or without existing")
public record S3Spec(
    @JsonPropertyDescription(
            "Whether overwritten and deleted objects are kept as earlier versions. Default "
                + "true.")
        @Default("true")
        @Nullable Boolean versioning,
    @JsonPropertyDescription(
            "Days after which earlier versions of objects are deleted, 1 to 3650. Needs "
                + "versioning. Unset by default: they are kept.")
        @Min(1)
        @Max(3650)
        @Nullable Integer expireNoncurrentDays,
    @JsonPropertyDescription(
            "Which web pages may reach the bucket from a browser, up to 20 rules; the first that "
                + "fits counts. Default none.")
        @Size(max = 20)
        List<CorsRuleSpec> cors,
    @JsonPropertyDescription(
            "A bucket that exists already, to be taken over instead of making one. What that "
                + "changes is shown in status.plan first and waits for the annotation "
                + "highlyavailable.io/approved-plan. It is never deleted. Default: none.")
        @Nullable ExistingBucketSpec existing,
    @JsonPropertyDescription(
            "What happens to the bucket when it is removed: Retain or Delete. Default: Delete"
                + " when spec.deletionPolicy is Delete, else Retain.")
        @ValidationRule(
            value = "self != 'Snapshot'",
            message = "a bucket has no snapshots; write Retain or Delete")
        @Nullable DeletionPolicy deletionPolicy) {

  /** Absent lists are read as empty; all are copied. */
  public S3Spec {
    cors = cors == null ? List.of() : List.copyOf(cors);
  }
}
