package io.highlyavailable.operator.component.targetgroup;

import io.highlyavailable.operator.component.ArnSuffix;
import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A target group at Elastic Load Balancing, with the health of its targets.
 *
 * @param name its name
 * @param id its ARN
 * @param place what is fixed when it is made
 * @param healthCheck how targets are checked
 * @param deregistrationDelay for how long a target that was taken out may answer what it was asked
 *     before, in seconds
 * @param targets its targets by id, ordered
 * @param tags its tags
 */
public record TargetGroup(
    String name,
    String id,
    Place place,
    HealthCheck healthCheck,
    int deregistrationDelay,
    SortedMap<String, Target> targets,
    Map<String, String> tags)
    implements CloudResource {
  public TargetGroup {
    targets = Collections.unmodifiableSortedMap(new TreeMap<>(targets));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /**
   * What Elastic Load Balancing cannot change.
   *
   * @param vpcId the VPC its targets are in
   * @param type {@code instance} or {@code ip}
   * @param protocol in which targets are asked, such as {@code HTTP}
   * @param port at which targets are asked
   */
  public record Place(String vpcId, String type, String protocol, int port) {}

  /**
   * How a target is checked.
   *
   * @param protocol such as {@code HTTP}
   * @param port a number, or {@code traffic-port} for that of the requests
   * @param path what is asked for
   * @param interval seconds from one check to the next
   * @param timeout seconds after which a check has failed
   * @param healthy how many checks in a row make a target healthy
   * @param unhealthy how many failed ones in a row make it unhealthy
   * @param codes the statuses of a successful answer, such as {@code 200-399}
   */
  public record HealthCheck(
      String protocol,
      String port,
      String path,
      int interval,
      int timeout,
      int healthy,
      int unhealthy,
      String codes) {
    @Override
    public String toString() {
      return "%s %s %s every %d s, timeout %d s, healthy after %d, unhealthy after %d, codes %s"
          .formatted(protocol, port, path, interval, timeout, healthy, unhealthy, codes);
    }
  }

  /**
   * How a target does.
   *
   * @param state Elastic Load Balancing's word, such as {@code healthy}
   * @param reason its code of why it is not healthy; empty for none
   */
  public record Target(String state, String reason) {
    /** It answers as it should. */
    public static final String HEALTHY = "healthy";

    /** It does not. */
    static final String UNHEALTHY = "unhealthy";

    /** Its first checks go on. */
    static final String INITIAL = "initial";

    /** It was taken out and answers what it was asked before. */
    static final String DRAINING = "draining";

    /** States that end by themselves, soon. */
    private static final Set<String> PASSING = Set.of(INITIAL, DRAINING);
  }

  /** How many targets are healthy. */
  public int healthy() {
    return (int) targets.values().stream().filter(it -> it.state().equals(Target.HEALTHY)).count();
  }

  /** Ids of the targets that are healthy, ordered. */
  public SortedSet<String> healthyTargets() {
    return targets.entrySet().stream()
        .filter(it -> it.getValue().state().equals(Target.HEALTHY))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** How many targets are asked or soon will be: all but those that were taken out. */
  public int registered() {
    return (int)
        targets.values().stream().filter(it -> !it.state().equals(Target.DRAINING)).count();
  }

  /** Targets that fail their checks, with the reason of each. */
  SortedMap<String, String> unhealthy() {
    return targets.entrySet().stream()
        .filter(it -> it.getValue().state().equals(Target.UNHEALTHY))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, it -> it.getValue().reason(), (a, b) -> a, TreeMap::new));
  }

  /** Such as {@code 2/3 healthy}. */
  @Override
  public String state() {
    return registered() == 0 ? "no targets" : healthy() + "/" + registered() + " healthy";
  }

  /** Targets come and go without a call of ours, and their health with them. */
  @Override
  public boolean unsettled() {
    return targets.values().stream().anyMatch(it -> Target.PASSING.contains(it.state()));
  }

  /**
   * The label by which Auto Scaling knows the requests of each target, {@code
   * ALBRequestCountPerTarget}.
   *
   * @param loadBalancerArn of the load balancer that asks the targets
   */
  public String requestCountLabel(String loadBalancerArn) {
    return ArnSuffix.ofLoadBalancer(loadBalancerArn) + "/" + ArnSuffix.ofTargetGroup(id);
  }

  TargetGroup withTags(Map<String, String> changed) {
    return new TargetGroup(name, id, place, healthCheck, deregistrationDelay, targets, changed);
  }

  TargetGroup withSettings(HealthCheck check, int delay) {
    return new TargetGroup(name, id, place, check, delay, targets, tags);
  }
}
