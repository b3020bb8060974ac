package io.highlyavailable.operator.component.loadbalancer;

import io.highlyavailable.operator.component.ArnSuffix;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer;
import io.highlyavailable.operator.component.targetgroup.TargetGroup;
import io.highlyavailable.operator.model.App;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The load balancer in front of an app, whoever made it.
 *
 * @param loadBalancerArn its ARN
 * @param targetGroupArn the ARN of what it asks
 */
public record Front(String loadBalancerArn, String targetGroupArn) {
  /** Whether the app has one that CloudWatch has metrics of. */
  public static boolean watchable(App app) {
    return Compute.wanted(app) ? app.ingress().isPresent() : LoadBalancerDesired.watchable(app);
  }

  /** The one that is there: the app's own before instances, its Ingress's before pods. */
  public static Optional<Front> of(App app, Upstream upstream) {
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

  /** The dimensions of CloudWatch's metrics of the load balancer as a whole. */
  public SortedMap<String, String> loadBalancerDimensions() {
    return new TreeMap<>(Map.of("LoadBalancer", ArnSuffix.ofLoadBalancer(loadBalancerArn)));
  }

  /** The dimensions of CloudWatch's metrics of what its targets answer. */
  public SortedMap<String, String> targetDimensions() {
    SortedMap<String, String> both = loadBalancerDimensions();
    both.put("TargetGroup", ArnSuffix.ofTargetGroup(targetGroupArn));
    return both;
  }
}
