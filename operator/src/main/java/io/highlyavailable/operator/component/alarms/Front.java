package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancer;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancerDesired;
import io.highlyavailable.operator.component.targetgroup.TargetGroup;
import io.highlyavailable.operator.model.App;
import java.util.Optional;

/**
 * The load balancer in front of an app, whoever made it.
 *
 * @param loadBalancerArn its ARN
 * @param targetGroupArn the ARN of what it asks
 */
record Front(String loadBalancerArn, String targetGroupArn) {
  /** Whether the app has one that CloudWatch has metrics of. */
  static boolean watchable(App app) {
    return Compute.wanted(app) ? app.ingress().isPresent() : LoadBalancerDesired.watchable(app);
  }

  /** The one that is there: the app's own before instances, its Ingress's before pods. */
  static Optional<Front> of(App app, Upstream upstream) {
    return Compute.wanted(app)
        ? upstream
            .ready(AppLoadBalancer.class)
            .flatMap(
                balancer ->
                    upstream
                        .ready(TargetGroup.class)
                        .map(group -> new Front(balancer.id(), group.id())))
        : upstream
            .ready(LoadBalancer.class)
            .map(it -> new Front(it.loadBalancers().first(), it.targetGroups().first()));
  }
}
