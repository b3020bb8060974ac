package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A bucket in Amazon S3 that somebody else made. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExistingBucketSpec(
    @JsonPropertyDescription(
            "Name of the bucket, in the app's account and region. It must carry the "
                + "administrator's tag highlyavailable.io/allowed-namespace with the app's "
                + "namespace, or be one that an app of this namespace has left behind. Immutable.")
        @Required
        @Size(min = 3, max = 63)
        @ValidationRule(
            value = "self.matches('^[a-z0-9][a-z0-9.-]*[a-z0-9]$')",
            message = "name is the name of an S3 bucket, such as acme-orders; not an ARN or a URL")
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "existing.name cannot change; remove the s3 block and apply (the adopted bucket "
                    + "stays as it is), then add it again with the other name")
        String name) {}
