package io.highlyavailable.operator.component.balancer;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the load balancer of an app's own. */
public final class AppLoadBalancerModule
    implements Module<AppLoadBalancerDesired, AppLoadBalancer, AwsClients> {
  @Override
  public Component<AppLoadBalancerDesired, AppLoadBalancer> component() {
    return new AppLoadBalancerRules();
  }

  @Override
  public Adapter<AppLoadBalancerDesired, AppLoadBalancer> adapter(AwsClients clients) {
    return new AppLoadBalancerAdapter(clients);
  }
}
