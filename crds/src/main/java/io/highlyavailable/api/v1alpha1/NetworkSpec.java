package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The network that the data lives in: exactly one of discover and existing; discover when neither
 * is given.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NetworkSpec(
    @JsonPropertyDescription("The cluster's VPC and its private subnets, found by tag (default).")
        @Nullable DiscoverNetworkSpec discover,
    @JsonPropertyDescription("A VPC and subnets named here.")
        @Nullable ExistingNetworkSpec existing,
    @JsonPropertyDescription(
            "Ids of up to 5 security groups whose members may reach the data. Default: the "
                + "cluster's security group, which all pods share unless Security Groups for Pods "
                + "is configured.")
        List<String> clientSecurityGroupIds) {

  /** Absent lists and maps are read as empty; all are copied. */
  public NetworkSpec {
    clientSecurityGroupIds =
        clientSecurityGroupIds == null ? List.of() : List.copyOf(clientSecurityGroupIds);
  }
}
