package io.highlyavailable.operator.component.subnet;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.model.Cidr;
import io.highlyavailable.operator.model.NetworkChoice;

/** What a subnet is for. */
public enum SubnetTier {
  /** Load balancers and NAT gateways. */
  PUBLIC("kubernetes.io/role/elb") {
    @Override
    ComponentName component(int zone) {
      return ManagedNetwork.publicSubnet(zone);
    }

    @Override
    Cidr cidr(NetworkChoice.Managed network, int zone) {
      return network.publicSubnet(zone);
    }
  },

  /** Data and instances. */
  PRIVATE("kubernetes.io/role/internal-elb") {
    @Override
    ComponentName component(int zone) {
      return ManagedNetwork.privateSubnet(zone);
    }

    @Override
    Cidr cidr(NetworkChoice.Managed network, int zone) {
      return network.privateSubnet(zone);
    }
  };

  private final String roleTag;

  SubnetTier(String roleTag) {
    this.roleTag = roleTag;
  }

  /** The tag by which the AWS Load Balancer Controller, and we, know what it is for. */
  String roleTag() {
    return roleTag;
  }

  abstract ComponentName component(int zone);

  abstract Cidr cidr(NetworkChoice.Managed network, int zone);
}
