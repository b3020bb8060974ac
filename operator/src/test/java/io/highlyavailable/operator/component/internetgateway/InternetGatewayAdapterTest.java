package io.highlyavailable.operator.component.internetgateway;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.vpc.VpcModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NatGateways;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

class InternetGatewayAdapterTest extends AdapterContract<InternetGatewayDesired, InternetGateway> {
  InternetGatewayAdapterTest() {
    super(new InternetGatewayModule(), List.of(new VpcModule()));
  }

  @Override
  protected App sample() {
    return SampleApp.unique().managed(1, NatGateways.PER_ZONE, false).build();
  }

  @Override
  protected Map<String, Consumer<InternetGateway>> drifts() {
    return Map.of(
        "vpc",
        gateway ->
            clients
                .ec2()
                .detachInternetGateway(
                    it -> it.internetGatewayId(gateway.resourceId()).vpcId(gateway.vpcId())));
  }
}
