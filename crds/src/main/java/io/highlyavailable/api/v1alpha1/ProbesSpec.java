package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Probe;
import org.jspecify.annotations.Nullable;

/** Health checks of the app container, as core/v1 Probe. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProbesSpec(
    @JsonPropertyDescription(
            "Whether a pod may receive traffic. Default: a TCP check of port. The port may be"
                + " named \"http\".")
        @Nullable Probe readiness,
    @JsonPropertyDescription(
            "When to restart the container. Unset by default: a wrong one restarts healthy "
                + "pods under load.")
        @Nullable Probe liveness,
    @JsonPropertyDescription(
            "Holds back the other probes until it has succeeded once. Unset by default.")
        @Nullable Probe startup) {}
