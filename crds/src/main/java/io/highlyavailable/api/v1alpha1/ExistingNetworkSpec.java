package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Use of a VPC and subnets named here. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExistingNetworkSpec(
    @JsonPropertyDescription("Id of the VPC, such as vpc-0a1b2c3d. Immutable once data exists.")
        @Required
        @Size(max = 32)
        String vpcId,
    @JsonPropertyDescription(
            "Ids of 2 to 16 private subnets, in at least two zones, in which data lives.")
        @Required
        List<String> privateSubnetIds,
    @JsonPropertyDescription(
            "Ids of up to 16 public subnets for an internet-facing load balancer. Default: "
                + "those that the load balancer controller finds by tag.")
        List<String> publicSubnetIds) {

  /** Absent lists and maps are read as empty; all are copied. */
  public ExistingNetworkSpec {
    privateSubnetIds = privateSubnetIds == null ? List.of() : List.copyOf(privateSubnetIds);
    publicSubnetIds = publicSubnetIds == null ? List.of() : List.copyOf(publicSubnetIds);
  }
}
