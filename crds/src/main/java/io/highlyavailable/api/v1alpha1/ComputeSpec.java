package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What the app runs on: exactly one member, pods or EC2 instances. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.containers) != has(self.instances)",
    message =
        "compute needs exactly one member; write either containers: {} or instances: {}, or remove "
            + "compute for containers")
public record ComputeSpec(
    @JsonPropertyDescription("Pods of the cluster (default).") @Nullable ContainersSpec containers,
    @JsonPropertyDescription(
            "EC2 instances in an Auto Scaling group behind a load balancer of their own. They run "
                + "the same image.")
        @Nullable InstancesSpec instances) {}
