package io.highlyavailable.operator.component.loadbalancer;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the load balancer. */
public final class LoadBalancerModule
    implements Module<LoadBalancerDesired, LoadBalancer, AwsClients> {
  @Override
  public Component<LoadBalancerDesired, LoadBalancer> component() {
    return new LoadBalancerRules();
  }

  @Override
  public Adapter<LoadBalancerDesired, LoadBalancer> adapter(AwsClients clients) {
    return new LoadBalancerAdapter(clients);
  }
}
