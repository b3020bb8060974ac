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
