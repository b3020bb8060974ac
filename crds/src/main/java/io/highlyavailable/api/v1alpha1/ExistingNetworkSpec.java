package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.highlyavailable.api.v1alpha1.schema.ListSet;
import java.util.List;

/** Use of a VPC and subnets named here. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListSet.class, input = "privateSubnetIds")
@SchemaCustomizer(value = ListSet.class, input = "publicSubnetIds")
public record ExistingNetworkSpec(
    @JsonPropertyDescription("Id of the VPC, such as vpc-0a1b2c3d. Immutable once data exists.")
        @Required
        @Size(max = 32)
        @ValidationRule(
            value = "self.matches('^vpc-[0-9a-z]{1,17}$')",
            message = "vpcId is the id of a VPC, such as vpc-0a1b2c3d4e5f60718")
        String vpcId,
    @JsonPropertyDescription(
            "Ids of 2 to 16 private subnets, in at least two zones, in which data lives.")
        @Required
        @Size(min = 2, max = 16)
        @ValidationRule(
            value = "self.all(id, id.matches('^subnet-[0-9a-z]{1,17}$'))",
            message = "privateSubnetIds are ids of subnets, such as subnet-0a1b2c3d4e5f60718")
        List<@Size(max = 32) String> privateSubnetIds,
    @JsonPropertyDescription(
            "Ids of up to 16 public subnets for an internet-facing load balancer. Default: "
                + "those that the load balancer controller finds by tag.")
        @Size(max = 16)
        @ValidationRule(
            value = "self.all(id, id.matches('^subnet-[0-9a-z]{1,17}$'))",
            message = "publicSubnetIds are ids of subnets, such as subnet-0a1b2c3d4e5f60718")
        List<@Size(max = 32) String> publicSubnetIds) {

  /** Absent lists and maps are read as empty; all are copied. */
  public ExistingNetworkSpec {
    privateSubnetIds = privateSubnetIds == null ? List.of() : List.copyOf(privateSubnetIds);
    publicSubnetIds = publicSubnetIds == null ? List.of() : List.copyOf(publicSubnetIds);
  }
}
