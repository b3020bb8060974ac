package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Object storage: exactly one member. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.s3)",
    message =
        "storage needs exactly one member; write s3, such as storage: {s3: {}}, or remove "
            + "storage")
public record StorageSpec(@JsonPropertyDescription("A bucket in Amazon S3.") @Nullable S3Spec s3) {}
