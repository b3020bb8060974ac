package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Probe;
import io.highlyavailable.api.v1alpha1.schema.SchemaFile;
import org.jspecify.annotations.Nullable;

/** Health checks of the app container, as core/v1 Probe. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.liveness) || !has(self.liveness.successThreshold) || "
            + "self.liveness.successThreshold == 1",
    message = "a liveness probe allows no successThreshold but 1; remove it")
@ValidationRule(
    value =
        "!has(self.startup) || !has(self.startup.successThreshold) || "
            + "self.startup.successThreshold == 1",
    message = "a startup probe allows no successThreshold but 1; remove it")
@ValidationRule(
    value = "!has(self.readiness) || !has(self.readiness.terminationGracePeriodSeconds)",
    message =
        "a readiness probe kills nothing; remove terminationGracePeriodSeconds, or write "
            + "spec.availability.drainSeconds")
@SchemaCustomizer(value = SchemaFile.class, input = "readiness probe")
@SchemaCustomizer(value = SchemaFile.class, input = "liveness probe")
@SchemaCustomizer(value = SchemaFile.class, input = "startup probe")
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
