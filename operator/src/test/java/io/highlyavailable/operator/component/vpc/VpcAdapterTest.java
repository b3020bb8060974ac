package io.highlyavailable.operator.component.vpc;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NatGateways;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

class VpcAdapterTest extends AdapterContract<VpcDesired, Vpc> {
  VpcAdapterTest() {
    super(new VpcModule(), List.of());
  }

  @Override
  protected App sample() {
    return SampleApp.unique().managed(1, NatGateways.PER_ZONE, false).build();
  }

  @Override
  protected Map<String, Consumer<Vpc>> drifts() {
    return Map.of(
        "dnsSupport",
        vpc ->
            clients
                .ec2()
                .modifyVpcAttribute(
                    it -> it.vpcId(vpc.resourceId()).enableDnsSupport(off -> off.value(false))),
        "dnsHostnames",
        vpc ->
            clients
                .ec2()
                .modifyVpcAttribute(
                    it -> it.vpcId(vpc.resourceId()).enableDnsHostnames(off -> off.value(false))));
  }
}
