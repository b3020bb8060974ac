package io.highlyavailable.operator.component.internetgateway;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the internet gateway. */
public final class InternetGatewayModule
    implements Module<InternetGatewayDesired, InternetGateway, AwsClients> {
  @Override
  public Component<InternetGatewayDesired, InternetGateway> component() {
    return new InternetGatewayRules();
  }

  @Override
  public Adapter<InternetGatewayDesired, InternetGateway> adapter(AwsClients clients) {
    return new InternetGatewayAdapter(clients);
  }
}
