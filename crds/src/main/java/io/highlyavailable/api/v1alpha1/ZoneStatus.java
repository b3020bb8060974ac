package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An availability zone that pods or instances are or could be in. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ZoneStatus(
    @JsonPropertyDescription("Name of the zone.") @Required @Size(max = 63) String name,
    @JsonPropertyDescription("Pods or instances in it that receive traffic.") @Required @Min(0)
        int readyReplicas) {}
