package io.highlyavailable.operator.component.targetgroup;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.component.targetgroup.TargetGroup.HealthCheck;
import io.highlyavailable.operator.component.targetgroup.TargetGroup.Place;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The instances that the app's load balancer asks, and how it tells which of them can answer. */
public final class TargetGroupRules implements Component<TargetGroupDesired, TargetGroup> {
  static final String HEALTH_CHECK = "healthCheck";
  static final String DEREGISTRATION_DELAY = "deregistrationDelay";

  private static final ComponentName NETWORK = new ComponentName("network");

  /** Elastic Load Balancing's longest. */
  private static final int LONGEST_DELAY = 3600;

  @Override
  public ComponentName name() {
    return Compute.TARGET_GROUP;
  }

  @Override
  public String kind() {
    return "alb-target-group";
  }

  @Override
  public String condition() {
    return "IngressReady";
  }

  @Override
  public Class<TargetGroup> resourceType() {
    return TargetGroup.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(NETWORK, ManagedNetwork.VPC);
  }

  @Override
  public boolean wanted(App app) {
    return Compute.wanted(app) && app.ingress().isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(Names.balancer(app.identity()));
  }

  @Override
  public Desired<TargetGroupDesired> desired(App app, Upstream upstream) {
    Optional<Network> network = upstream.ready(Network.class);
    if (network.isEmpty()) {
      return new Desired.Waiting<>("waiting for the network");
    }
    return new Desired.Known<>(
        new TargetGroupDesired(
            Names.balancer(app.identity()),
            new Place(network.get().name(), "instance", "HTTP", Compute.INSTANCE_PORT),
            healthCheck(app.ingress().orElseThrow().healthCheckPath()),
            delay(app)));
  }

  /**
   * As that of pods: out after two failures, ten seconds apart, the fastest that ignores a single
   * hiccup. A front page that redirects to a login is healthy.
   */
  private static HealthCheck healthCheck(String path) {
    return new HealthCheck("HTTP", "traffic-port", path, 10, 5, 2, 2, "200-399");
  }

  private static int delay(App app) {
    return (int) Math.min(LONGEST_DELAY, app.workload().availability().drain().toSeconds());
  }

  @Override
  public List<Difference> differences(TargetGroupDesired desired, TargetGroup actual) {
    List<Difference> found = new ArrayList<>();
    Place want = desired.place();
    Place have = actual.place();
    compare(found, "vpcId", want.vpcId(), have.vpcId(), Impact.REPLACING);
    compare(found, "targetType", want.type(), have.type(), Impact.REPLACING);
    compare(found, "protocol", want.protocol(), have.protocol(), Impact.REPLACING);
    compare(found, "port", want.port(), have.port(), Impact.REPLACING);
    compare(found, HEALTH_CHECK, desired.healthCheck(), actual.healthCheck(), Impact.IN_PLACE);
    compare(
        found,
        DEREGISTRATION_DELAY,
        desired.deregistrationDelay(),
        actual.deregistrationDelay(),
        Impact.IN_PLACE);
    return found;
  }

  private static void compare(
      List<Difference> found, String field, Object wanted, Object actual, Impact impact) {
    if (!wanted.equals(actual)) {
      found.add(new Difference(field, wanted.toString(), actual.toString(), impact));
    }
  }

  /** Instances join it only when it is there, so it is ready without any. */
  @Override
  public Readiness readiness(TargetGroupDesired desired, TargetGroup actual) {
    return new Readiness.Ready();
  }

  @Override
  public String remark(TargetGroup actual) {
    return actual.unhealthy().isEmpty()
        ? ""
        : "unhealthy: "
            + actual.unhealthy().entrySet().stream()
                .map(it -> it.getKey() + (it.getValue().isEmpty() ? "" : " " + it.getValue()))
                .collect(Collectors.joining(", "));
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetGroupAttributes",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:RemoveTags");
  }
}
