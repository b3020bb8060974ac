package io.highlyavailable.operator.component.loadbalancer;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the load balancer of the app's Ingress, for what looks at its metrics. */
public final class LoadBalancerRules implements Component<LoadBalancerDesired, LoadBalancer> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("load-balancer");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "alb";
  }

  @Override
  public String condition() {
    return "IngressReady";
  }

  @Override
  public Class<LoadBalancer> resourceType() {
    return LoadBalancer.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  /** Only alarms, the dashboard and scaling on traffic need to know it. */
  @Override
  public boolean wanted(App app) {
    return ((app.alarms() || app.dashboard()) && LoadBalancerDesired.watchable(app))
        || LoadBalancerDesired.followed(app);
  }

  /** The Ingress has the app's name, and the controller tags what it makes with the Ingress's. */
  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.key().toString());
  }

  @Override
  public Desired<LoadBalancerDesired> desired(App app, Upstream upstream) {
    return new Desired.Known<>(new LoadBalancerDesired());
  }

  @Override
  public List<Difference> differences(LoadBalancerDesired desired, LoadBalancer actual) {
    return List.of();
  }

  @Override
  public Readiness missing(App app, Upstream.Settings settings) {
    return new Readiness.Progressing(
        "waiting for the AWS Load Balancer Controller to make the load balancer");
  }

  @Override
  public Readiness readiness(LoadBalancerDesired desired, LoadBalancer actual) {
    if (actual.loadBalancers().size() > 1) {
      return new Readiness.Failed(
          "several load balancers are tagged for Ingress " + actual.name(),
          "remove those of other clusters, or give the app another name: "
              + String.join(", ", actual.loadBalancers()));
    }
    if (actual.loadBalancers().isEmpty()) {
      return new Readiness.Progressing("waiting for the load balancer");
    }
    return actual.targetGroups().isEmpty()
        ? new Readiness.Progressing("waiting for the load balancer's target group")
        : new Readiness.Ready();
  }

  @Override
  public boolean managed() {
    return false;
  }

  @Override
  public Set<String> iamActions() {
    return Set.of("tag:GetResources", "cloudwatch:GetMetricData");
  }
}
