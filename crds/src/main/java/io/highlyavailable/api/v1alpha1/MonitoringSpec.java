package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Monitoring: exactly one member. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.cloudWatch)",
    message =
        "monitoring needs exactly one member; write cloudWatch, such as monitoring: "
            + "{cloudWatch: {alarms: true}}, or remove monitoring")
public record MonitoringSpec(
    @JsonPropertyDescription("Amazon CloudWatch.") @Nullable CloudWatchSpec cloudWatch) {}
