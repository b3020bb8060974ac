package io.highlyavailable.operator.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /**
   * A VPC of the app's own.
   *
   * @param cidr its addresses
   * @param zones over how many zones it is spread, 1 to {@value #MOST_ZONES}
   * @param natGateways how private subnets reach the internet
   * @param peerWithCluster whether it is joined with the cluster's VPC
   * @param flowLogRetentionDays how long records of its traffic are kept; null for no records
   */
  record Managed(
      Cidr cidr,
      int zones,
      NatGateways natGateways,
      boolean peerWithCluster,
      List<String> clientSecurityGroupIds,
      @Nullable Integer flowLogRetentionDays)
      implements NetworkChoice {
    /** A network whose traffic is not recorded. */
    public Managed(
        Cidr cidr,
        int zones,
        NatGateways natGateways,
        boolean peerWithCluster,
        List<String> clientSecurityGroupIds) {
      this(cidr, zones, natGateways, peerWithCluster, clientSecurityGroupIds, null);
    }

    /** Three subnets of four equal parts; the fourth is for public ones. */
    public static final int MOST_ZONES = 3;

    /** A quarter of the addresses for the private subnet of each zone. */
    private static final int PRIVATE_BITS = 2;

    /** A sixteenth for each public one, in the last quarter. */
    private static final int PUBLIC_BITS = 4;

    private static final int FIRST_PUBLIC = 12;

    /**
     * The addresses of a zone's private subnet. The same whatever the number of zones, so that
     * zones can be added.
     *
     * @param zone from 1
     */
    public Cidr privateSubnet(int zone) {
      return cidr.part(PRIVATE_BITS, zone - 1);
    }

    /**
     * The addresses of a zone's public subnet.
     *
     * @param zone from 1
     */
    public Cidr publicSubnet(int zone) {
      return cidr.part(PUBLIC_BITS, FIRST_PUBLIC + zone - 1);
    }

    /** How many NAT gateways there are. */
    public int natGatewayCount() {
      return natGateways.count(zones);
    }

    /**
     * Which NAT gateway serves a zone; 0 for none.
     *
     * @param zone from 1
     */
    public int natGatewayOf(int zone) {
      return switch (natGateways) {
        case PER_ZONE -> zone;
        case SINGLE -> 1;
        case NONE -> 0;
      };
    }
  }
}
