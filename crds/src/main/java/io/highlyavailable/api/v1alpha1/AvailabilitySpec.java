package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How the pods survive the loss of a node or a zone, and rollouts without errors. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AvailabilitySpec(
    @JsonPropertyDescription("Availability zones to spread over, 1 to 6. Default 3.")
        @Default("" + Defaults.ZONES)
        @Min(1)
        @Max(6)
        @Nullable Integer zones,
    @JsonPropertyDescription(
            "Preferred (default): spread over zones and nodes as far as capacity allows. "
                + "Required: a pod that would unbalance the zones stays pending.")
        @Default("Preferred")
        @Nullable TopologySpread topologySpread,
    @JsonPropertyDescription(
            "Pods that a node drain may take away at the same time (PodDisruptionBudget), 1 "
                + "to 100, below the number of replicas. Default 1.")
        @Default("" + Defaults.MAX_UNAVAILABLE)
        @Min(1)
        @Max(100)
        @Nullable Integer maxUnavailable,
    @JsonPropertyDescription(
            "Seconds that a stopping pod goes on serving while the load balancer takes it "
                + "out, 0 to 3600. Default 30. The pod's preStop hook, its termination grace period"
                + " and the deregistration delay follow from it.")
        @Default("" + Defaults.DRAIN_SECONDS)
        @Min(0)
        @Max(3600)
        @Nullable Integer drainSeconds,
    @JsonPropertyDescription(
            "Whether pods are moved, one at a time and within maxUnavailable, when zones stay "
                + "unevenly filled, as after the return of a zone that was lost. Default true.")
        @Default("true")
        @Nullable Boolean rebalance) {}
