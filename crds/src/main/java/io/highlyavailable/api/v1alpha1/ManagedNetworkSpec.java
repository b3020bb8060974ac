package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A VPC of the app's own, with a public and a private subnet in each of availability.zones. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ManagedNetworkSpec(
    @JsonPropertyDescription(
            "Private addresses of the VPC, a block from /16 to /22, such as 10.40.0.0/16; no other "
                + "network that it is to be connected with may have them. Immutable.")
        @Required
        @Size(min = 11, max = 18)
        @ValidationRule(
            value = ManagedNetworkSpec.CIDR_RULE,
            message = ManagedNetworkSpec.CIDR_MESSAGE)
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "network.managed.cidr cannot change: EC2 gives a VPC its addresses for good. Create "
                    + "another app and move the data")
        String cidr,
    @JsonPropertyDescription(
            "How private subnets reach the internet. PerZone (default): through a NAT gateway in "
                + "each zone. Single: all through one, which is lost with its zone. None: not at "
                + "all; S3 and DynamoDB are reached all the same.")
        @Default("PerZone")
        @Nullable NatGatewayMode natGateways,
    @JsonPropertyDescription(
            "Whether the VPC is peered with the cluster's, with routes both ways. Default true: "
                + "without it pods cannot reach what lives in this network.")
        @Default("true")
        @Nullable Boolean peerWithCluster,
    @JsonPropertyDescription(
            "Keeps records of the VPC's traffic in CloudWatch Logs. Default: none are kept.")
        @Nullable FlowLogsSpec flowLogs) {

  /** CEL rule over a block's text: private addresses, of a size that there is, from its start. */
  static final String CIDR_RULE =
      "self.matches('^(10[.](25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])|172[.](1[6-9]|2[0-9]|3[01])"
          + "|192[.]168)[.](25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])[.]0/(1[6-9]|2[0-2])$') && "
          + "int(self.split('.')[2]) % [256, 128, 64, 32, 16, 8, 4][int(self.split('/')[1]) - 16] == 0";

  /** What to write instead. */
  static final String CIDR_MESSAGE =
      "cidr is a block of private addresses between /16 and /22 by its first address, such as "
          + "10.40.0.0/16";
}
