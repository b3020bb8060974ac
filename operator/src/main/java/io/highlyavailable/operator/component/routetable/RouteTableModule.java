package io.highlyavailable.operator.component.routetable;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers a route table. */
public final class RouteTableModule implements Module<RouteTableDesired, RouteTable, AwsClients> {
  private final RouteTableRules rules;

  private RouteTableModule(RouteTableRules rules) {
    this.rules = rules;
  }

  /** That of all public subnets. */
  public static RouteTableModule ofPublicSubnets() {
    return new RouteTableModule(new PublicRoutesRules());
  }

  /**
   * That of a zone's private subnet.
   *
   * @param zone from 1
   */
  public static RouteTableModule ofPrivateSubnet(int zone) {
    return new RouteTableModule(new PrivateRoutesRules(zone));
  }

  @Override
  public Component<RouteTableDesired, RouteTable> component() {
    return rules;
  }

  @Override
  public String inventory() {
    return "route-tables";
  }

  @Override
  public Adapter<RouteTableDesired, RouteTable> adapter(AwsClients clients) {
    return new RouteTableAdapter(clients);
  }
}
