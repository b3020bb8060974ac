package io.highlyavailable.operator.component;

/**
 * The ends of ARNs by which CloudWatch and Auto Scaling know load balancers and target groups.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html#load-balancer-metric-dimensions-alb">
 *     Metric dimensions for Application Load Balancers</a>
 */
public final class ArnSuffix {
  private ArnSuffix() {}

  /** Of a load balancer, such as {@code app/k8s-shop/50dc6c495c0c9188}. */
  public static String ofLoadBalancer(String arn) {
    return after(":loadbalancer/", arn);
  }

  /** Of a target group, such as {@code targetgroup/k8s-shop/943f017f100becff}. */
  public static String ofTargetGroup(String arn) {
    return after(":", arn);
  }

  private static String after(String mark, String arn) {
    return arn.substring(arn.lastIndexOf(mark) + mark.length());
  }
}
