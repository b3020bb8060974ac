package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.highlyavailable.api.v1alpha1.schema.ListSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The network that the data lives in: at most one of discover, existing and managed; discover when
 * none is given.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "[has(self.discover), has(self.existing), has(self.managed)].filter(given, given).size() "
            + "<= 1",
    message = "network has exactly one of discover, existing and managed; remove the others")
@SchemaCustomizer(value = ListSet.class, input = "clientSecurityGroupIds")
public record NetworkSpec(
    @JsonPropertyDescription("The cluster's VPC and its private subnets, found by tag (default).")
        @Nullable DiscoverNetworkSpec discover,
    @JsonPropertyDescription("A VPC and subnets named here.")
        @Nullable ExistingNetworkSpec existing,
    @JsonPropertyDescription("A VPC made for this app alone, and deleted with it.")
        @Nullable ManagedNetworkSpec managed,
    @JsonPropertyDescription(
            "Ids of up to 5 security groups whose members may reach the data. Default: the "
                + "cluster's security group, which all pods share unless Security Groups for Pods "
                + "is configured.")
        @Size(max = 5)
        @ValidationRule(
            value = "self.all(id, id.matches('^sg-[0-9a-z]{1,17}$'))",
            message =
                "clientSecurityGroupIds are ids of security groups, such as sg-0a1b2c3d4e5f60718")
        List<@Size(max = 32) String> clientSecurityGroupIds) {

  /** Absent lists and maps are read as empty; all are copied. */
  public NetworkSpec {
    clientSecurityGroupIds =
        clientSecurityGroupIds == null ? List.of() : List.copyOf(clientSecurityGroupIds);
  }
}
