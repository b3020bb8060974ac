package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * Horizontal autoscaling of the pods. Used, with its defaults, when neither it nor replicas is
 * given.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.maxReplicas >= self.minReplicas",
    message =
        "maxReplicas (10 unless given) must be at least minReplicas (3 unless given); raise "
            + "maxReplicas")
public record ScalingSpec(
    @JsonPropertyDescription(
            "Fewest replicas, 2 to 1000. Default 3. Two are the least that survive the loss "
                + "of one.")
        @Default("" + Defaults.MIN_REPLICAS)
        @Min(2)
        @Max(1000)
        @Nullable Integer minReplicas,
    @JsonPropertyDescription("Most replicas, 2 to 1000, at least minReplicas. Default 10.")
        @Default("" + Defaults.MAX_REPLICAS)
        @Min(2)
        @Max(1000)
        @Nullable Integer maxReplicas,
    @JsonPropertyDescription(
            "Average CPU use, in percent of the requested CPU, above which replicas are "
                + "added; 1 to 100. Default 70.")
        @Default("" + Defaults.CPU_UTILIZATION_PERCENTAGE)
        @Min(1)
        @Max(100)
        @Nullable Integer cpuUtilizationPercentage,
    @JsonPropertyDescription(
            "Average memory use, in percent of the requested memory, above which replicas are"
                + " added; 1 to 100. Unset by default: a JVM's memory never falls.")
        @Min(1)
        @Max(100)
        @Nullable Integer memoryUtilizationPercentage,
    @JsonPropertyDescription(
            "Seconds for which the load must stay lower before replicas are removed; 0 to "
                + "3600. Default 300.")
        @Default("" + Defaults.SCALE_DOWN_STABILIZATION_SECONDS)
        @Min(0)
        @Max(3600)
        @Nullable Integer scaleDownStabilizationSeconds,
    @JsonPropertyDescription(
            "Requests a second, on the average of a minute and of all replicas, above which "
                + "replicas are added; 1 to 100000. The load balancer counts them, so it needs "
                + "an ingress of class alb, or compute.instances. Unset by default.")
        @Min(1)
        @Max(100_000)
        @Nullable Integer requestsPerSecondPerReplica) {}
