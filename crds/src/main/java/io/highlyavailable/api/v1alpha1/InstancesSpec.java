package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** EC2 instances in an Auto Scaling group; scaling and availability say how many and where. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InstancesSpec(
    @JsonPropertyDescription(
            "Type of the instances. Default t4g.medium, which is of ARM's architecture, as all "
                + "types of Graviton are: the image must be built for it. A change replaces the "
                + "instances one after the other.")
        @Default(Defaults.INSTANCE_TYPE)
        @Size(min = 1, max = 32)
        @ValidationRule(
            value = "self.matches('^[a-z][a-z0-9-]*[.][a-z0-9-]+$') && !self.startsWith('mac')",
            message = "instanceType is a type of EC2 that runs Linux, such as t4g.medium")
        @Nullable String instanceType,
    @JsonPropertyDescription(
            "Size of the encrypted root volume in GiB, 10 to 16384. Default 20. A change replaces "
                + "the instances one after the other.")
        @Default("" + Defaults.ROOT_VOLUME_GIB)
        @Min(10)
        @Max(16384)
        @Nullable Integer rootVolumeGiB,
    @JsonPropertyDescription(
            "Percentage of the wanted instances that stay healthy while instances are replaced, 50 "
                + "to 100. Default 100: a new one is in service before an old one goes. Below 100 an "
                + "old one goes first.")
        @Default("" + Defaults.MIN_HEALTHY_PERCENTAGE)
        @Min(50)
        @Max(100)
        @Nullable Integer minHealthyPercentage,
    @JsonPropertyDescription(
            "Seconds from the start of an instance until its metrics count and the next one is "
                + "replaced, 0 to 3600. Default 120.")
        @Default("" + Defaults.WARMUP_SECONDS)
        @Min(0)
        @Max(3600)
        @Nullable Integer warmupSeconds) {}
