package io.highlyavailable.operator.component.balancer;

import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What of a load balancer is ours and not as it should be. */
final class LoadBalancerDifferences {
  static final int HTTP = 80;
  static final int HTTPS = 443;

  static final String SCHEME = "scheme";
  static final String VPC = "vpcId";
  static final String SUBNETS = "subnetIds";
  static final String SECURITY_GROUPS = "securityGroupIds";
  static final String WEB_ACL = "webAclArn";

  /** Before the number of its port. */
  static final String LISTENER = "listener ";

  /** Listeners on other ports are somebody else's. */
  private static final List<Integer> PORTS = List.of(HTTP, HTTPS);

  private static final String ABSENT = "absent";

  private LoadBalancerDifferences() {}

  static List<Difference> between(AppLoadBalancerDesired desired, AppLoadBalancer actual) {
    List<Difference> found = new ArrayList<>();
    var want = desired.place();
    var have = actual.place();
    compare(found, SCHEME, want.scheme(), have.scheme(), Impact.REPLACING);
    compare(found, VPC, want.vpcId(), have.vpcId(), Impact.REPLACING);
    compare(found, SUBNETS, want.subnetIds(), have.subnetIds(), Impact.IN_PLACE);
    compare(
        found, SECURITY_GROUPS, want.securityGroupIds(), have.securityGroupIds(), Impact.IN_PLACE);
    desired
        .attributes(actual.attributes())
        .forEach(
            (key, value) ->
                compare(
                    found,
                    key,
                    value,
                    actual.attributes().getOrDefault(key, ABSENT),
                    Impact.IN_PLACE));
    PORTS.forEach(port -> listener(found, port, desired, actual));
    if (!desired.webAclArn().isEmpty()) {
      String present = actual.webAclArn().isEmpty() ? ABSENT : actual.webAclArn();
      compare(found, WEB_ACL, desired.webAclArn(), present, Impact.IN_PLACE);
    }
    return found;
  }

  private static void listener(
      List<Difference> found, int port, AppLoadBalancerDesired desired, AppLoadBalancer actual) {
    AppLoadBalancer.Listener listener = actual.listeners().get(port);
    compare(
        found,
        LISTENER + port,
        Objects.requireNonNullElse(desired.listeners().get(port), ABSENT),
        listener == null ? ABSENT : listener.terms(),
        Impact.IN_PLACE);
  }

  private static void compare(
      List<Difference> found, String field, Object wanted, Object actual, Impact impact) {
    if (!wanted.equals(actual)) {
      found.add(new Difference(field, wanted.toString(), actual.toString(), impact));
    }
  }

  /** The ports whose listeners are among these differences. */
  static List<Integer> ports(Set<String> fields) {
    return PORTS.stream().filter(port -> fields.contains(LISTENER + port)).toList();
  }
}
