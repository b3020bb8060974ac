package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Worker nodes for the cluster, in an Auto Scaling group of the app's own. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.minSize <= self.maxSize",
    message = "nodeGroup.maxSize is below minSize; raise maxSize or lower minSize")
public record NodeGroupSpec(
    @JsonPropertyDescription(
            "Up to 10 types of the nodes, the most wanted first: the next one is taken where EC2 "
                + "has no more of the one before. All of one architecture. Default m7g.large. A "
                + "change replaces the nodes one after the other.")
        @Size(max = 10)
        @ValidationRule(
            value =
                "self.all(type, type.matches('^[a-z][a-z0-9-]*[.][a-z0-9-]+$') && "
                    + "!type.startsWith('mac'))",
            message = "instanceTypes are types of EC2 that run Linux, such as m7g.large")
        @ValidationRule(
            value =
                "self.all(type, type.matches('^(a1|[a-z]+[0-9]+g[a-z]*)(-[a-z0-9-]+)?[.]')) || "
                    + "self.all(type, !type.matches('^(a1|[a-z]+[0-9]+g[a-z]*)(-[a-z0-9-]+)?[.]'))",
            message =
                "instanceTypes are of one architecture; name types of Graviton only, such as "
                    + "m7g.large, or none of them")
        List<@Size(max = 32) String> instanceTypes,
    @JsonPropertyDescription(
            "The fewest nodes, 0 to 450. Default 3. Fewer than zones leave a zone without one.")
        @Default("" + Defaults.NODES_MIN)
        @Min(0)
        @Max(450)
        @Nullable Integer minSize,
    @JsonPropertyDescription(
            "The most nodes, 1 to 450. Default 9. The Cluster Autoscaler decides how many there are "
                + "between the two.")
        @Default("" + Defaults.NODES_MAX)
        @Min(1)
        @Max(450)
        @Nullable Integer maxSize) {
  public NodeGroupSpec {
    instanceTypes = instanceTypes == null ? List.of() : List.copyOf(instanceTypes);
  }
}
