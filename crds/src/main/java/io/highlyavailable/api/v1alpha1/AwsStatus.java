package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * The account and region that hold the resources: writes stop when the operator's caller has
 * others.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AwsStatus(
    @JsonPropertyDescription("AWS account, 12 digits.") @Size(max = 12) @Nullable String accountId,
    @JsonPropertyDescription("AWS region.") @Size(max = 32) @Nullable String region,
    @JsonPropertyDescription("AWS region that holds the copies.") @Size(max = 32)
        @Nullable String recoveryRegion) {}
