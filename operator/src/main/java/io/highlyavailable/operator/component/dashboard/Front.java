package io.highlyavailable.operator.component.dashboard;

import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancer;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancerDesired;
import io.highlyavailable.operator.component.targetgroup.TargetGroup;
import io.highlyavailable.operator.model.App;
import java.util.Optional;

/**
 * The load balancer in front of an app, as the dimensions of its metrics name it.
 *
 * @param loadBalancer the end of its ARN, such as {@code app/name/0123456789abcdef}
 * @param targetGroup the end of its target group's ARN, such as {@code targetgroup/name/0123}
 */
record Front(String loadBalancer, String targetGroup) {
  /** Whether the app has one that CloudWatch has metrics of. */
  static boolean watchable(App app) {
    return Compute.wanted(app) ? app.ingress().isPresent() : LoadBalancerDesired.watchable(app);
  }

  /** The one that is there: the app's own before instances, its Ingress's before pods. */
  static Optional<Front> of(App app, Upstream upstream) {
    return Compute.wanted(app)
        ? before(upstream)
        : upstream.ready(LoadBalancer.class).map(Front::of);
  }

  private static Optional<Front> before(Upstream upstream) {
    return upstream
        .ready(AppLoadBalancer.class)
        .flatMap(
            balancer ->
                upstream.ready(TargetGroup.class).map(group -> of(balancer.id(), group.id())));
  }

  private static Front of(LoadBalancer found) {
    return of(found.loadBalancers().first(), found.targetGroups().first());
  }

  private static Front of(String loadBalancerArn, String targetGroupArn) {
    return new Front(after(":loadbalancer/", loadBalancerArn), after(":", targetGroupArn));
  }

  private static String after(String mark, String arn) {
    return arn.substring(arn.lastIndexOf(mark) + mark.length());
  }
}
