package io.highlyavailable.testbed.alb;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * Registers targets with groups. Remembers what it registered; asks AWS once for what it does not.
 */
final class TargetRegistrar {
  private final ElasticLoadBalancingV2Client elb;
  private final Map<String, Set<Target>> registered = new ConcurrentHashMap<>();

  TargetRegistrar(ElasticLoadBalancingV2Client elb) {
    this.elb = elb;
  }

  /** Gives a group exactly these targets. */
  void sync(String groupArn, Set<Target> wanted) {
    Set<Target> present = registered.computeIfAbsent(groupArn, this::ask);
    if (present.equals(wanted)) {
      return;
    }
    // Forgotten first: after a failure half way, AWS is asked again.
    registered.remove(groupArn);
    List<TargetDescription> joining = difference(wanted, present);
    if (!joining.isEmpty()) {
      elb.registerTargets(b -> b.targetGroupArn(groupArn).targets(joining));
    }
    List<TargetDescription> leaving = difference(present, wanted);
    if (!leaving.isEmpty()) {
      elb.deregisterTargets(b -> b.targetGroupArn(groupArn).targets(leaving));
    }
    registered.put(groupArn, Set.copyOf(wanted));
  }

  /** Says that groups are new and have no targets, so that AWS need not be asked. */
  void areNew(Iterable<String> groupArns) {
    groupArns.forEach(arn -> registered.put(arn, Set.of()));
  }

  /** Forgets groups that are gone, or whose targets somebody else may have changed. */
  void forget(Iterable<String> groupArns) {
    groupArns.forEach(registered::remove);
  }

  private Set<Target> ask(String groupArn) {
    Set<Target> targets = new HashSet<>();
    for (TargetHealthDescription health :
        elb.describeTargetHealth(b -> b.targetGroupArn(groupArn)).targetHealthDescriptions()) {
      targets.add(new Target(health.target().id(), health.target().port()));
    }
    return Set.copyOf(targets);
  }

  private static List<TargetDescription> difference(Set<Target> these, Set<Target> withoutThose) {
    return these.stream()
        .filter(target -> !withoutThose.contains(target))
        .map(t -> TargetDescription.builder().id(t.id()).port(t.port()).build())
        .toList();
  }
}
