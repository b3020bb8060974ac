package io.highlyavailable.operator.component.subnet;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.vpc.VpcModule;
import io.highlyavailable.operator.component.zone.ZonesModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NatGateways;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

abstract class SubnetContract extends AdapterContract<SubnetDesired, ManagedSubnet> {
  private final String roleTag;

  /**
   * @param roleTag the tag by which the AWS Load Balancer Controller knows the tier
   */
  SubnetContract(SubnetTier tier, String roleTag) {
    super(new SubnetModule(tier, 1), List.of(new ZonesModule(), new VpcModule()));
    this.roleTag = roleTag;
  }

  @Override
  protected App sample() {
    return SampleApp.unique().managed(1, NatGateways.PER_ZONE, false).build();
  }

  @Override
  protected Map<String, Consumer<ManagedSubnet>> drifts() {
    return Map.of(
        "publicAddresses",
        subnet ->
            clients
                .ec2()
                .modifySubnetAttribute(
                    it ->
                        it.subnetId(subnet.resourceId()).mapPublicIpOnLaunch(on -> on.value(true))),
        "tag " + roleTag,
        subnet -> adapter.untag(subnet, List.of(roleTag)));
  }
}
