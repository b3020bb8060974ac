package io.highlyavailable.operator.component.routetable;

import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.NetworkPiece;
import io.highlyavailable.operator.component.Readiness;
import java.util.List;
import java.util.Set;

/** What the route tables of both tiers have in common. */
abstract sealed class RouteTableRules implements NetworkPiece<RouteTableDesired, RouteTable>
    permits PublicRoutesRules, PrivateRoutesRules {
  /** Every address that no other route is for. */
  static final String ANYWHERE = "0.0.0.0/0";

  @Override
  public String kind() {
    return "route-table";
  }

  @Override
  public Class<RouteTable> resourceType() {
    return RouteTable.class;
  }

  @Override
  public boolean needsIntent() {
    return true;
  }

  @Override
  public List<Difference> differences(RouteTableDesired desired, RouteTable actual) {
    return RouteTableDifferences.of(desired, actual).found(actual);
  }

  @Override
  public Readiness readiness(RouteTableDesired desired, RouteTable actual) {
    return desired.waitingFor().isEmpty()
        ? new Readiness.Ready()
        : new Readiness.Progressing("waiting for " + String.join(", ", desired.waitingFor()));
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "ec2:DescribeRouteTables",
        "ec2:CreateRouteTable",
        "ec2:DeleteRouteTable",
        "ec2:CreateRoute",
        "ec2:ReplaceRoute",
        "ec2:DeleteRoute",
        "ec2:AssociateRouteTable",
        "ec2:ReplaceRouteTableAssociation",
        "ec2:DisassociateRouteTable",
        "ec2:CreateTags",
        "ec2:DeleteTags");
  }
}
