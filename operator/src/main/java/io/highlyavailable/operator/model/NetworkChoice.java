package io.highlyavailable.operator.model;

import java.util.List;

/** Which network the data lives in. */
public sealed interface NetworkChoice {
  /** Security groups that may reach the data; empty for the cluster's own. */
  List<String> clientSecurityGroupIds();

  /** The cluster's own VPC, its private subnets found by tag. */
  record Discover(List<String> clientSecurityGroupIds) implements NetworkChoice {}

  /** A VPC and subnets that the user names; empty subnet lists are found by tag. */
  record Existing(
      String vpcId,
      List<String> privateSubnetIds,
      List<String> publicSubnetIds,
      List<String> clientSecurityGroupIds)
      implements NetworkChoice {}
}
