package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How many replicas the autoscaler has come to, and why. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ScalingStatus(
    @JsonPropertyDescription("Replicas that there should be.") @Min(0) @Nullable Integer desired,
    @JsonPropertyDescription(
            "What holds them there: minReplicas, maxReplicas, requestsPerSecond, cpu, memory, "
                + "noMetrics or switchedOff.")
        @Nullable ScalingLimit limitedBy,
    @JsonPropertyDescription("What is wrong, if anything.") @Size(max = 512)
        @Nullable String message) {}
