package io.highlyavailable.operator.component.loadbalancer;

import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Scale;

/** Nothing is asked of the load balancer but that it is there: the Ingress says how it looks. */
public record LoadBalancerDesired() {
  /** The IngressClass that the AWS Load Balancer Controller serves. */
  public static final String INGRESS_CLASS = "alb";

  /**
   * Whether the app is reached through an Ingress whose load balancer CloudWatch has metrics of.
   */
  public static boolean watchable(App app) {
    return app.instances().isEmpty()
        && app.ingress().filter(ingress -> INGRESS_CLASS.equals(ingress.className())).isPresent();
  }

  /** Whether the app's pods are scaled on the requests that such a load balancer counts. */
  public static boolean followed(App app) {
    return watchable(app)
        && app.workload().scale() instanceof Scale.Automatic scale
        && scale.requestsPerSecond() != null;
  }
}
