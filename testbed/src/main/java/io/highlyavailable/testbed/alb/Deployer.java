package io.highlyavailable.testbed.alb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** Makes AWS hold what a model says, and takes it away again. */
final class Deployer {
  private final LoadBalancers loadBalancers;
  private final TargetGroups targetGroups;
  private final Listeners listeners;
  private final SecurityGroups securityGroups;
  private final SubnetDiscovery subnets;

  Deployer(AwsClients aws, String vpcId, ResourceNames names, ResourceTags tags) {
    this.loadBalancers = new LoadBalancers(aws.elb(), tags);
    this.targetGroups = new TargetGroups(aws.elb(), vpcId, tags);
    this.listeners = new Listeners(aws.elb(), tags);
    this.securityGroups = new SecurityGroups(aws.ec2(), vpcId, names, tags);
    this.subnets = new SubnetDiscovery(aws.ec2(), vpcId);
  }

  /**
   * Deploys a model. Finds what is there by name, so that it may be repeated after a failure or a
   * restart.
   *
   * @param isNew whether AWS can hold nothing of it yet, so that there is nothing to look for
   * @param formerNames names of load balancers that the same Ingress may have had, to be removed
   */
  Deployment deploy(LoadBalancerModel model, boolean isNew, Collection<String> formerNames) {
    List<String> subnetIds = subnets.of(model);
    List<String> groupIds = securityGroups.ensure(model, isNew);
    Optional<LoadBalancer> found = isNew ? Optional.empty() : loadBalancers.find(model.name());
    List<String> before = new ArrayList<>();
    found.ifPresent(
        balancer -> {
          before.addAll(targetGroups.of(balancer.loadBalancerArn()));
          loadBalancers.correct(balancer, model, subnetIds, groupIds);
        });
    LoadBalancer balancer = found.orElseGet(() -> loadBalancers.create(model, subnetIds, groupIds));
    Map<Backend, String> arns = targetGroups.ensure(model, isNew);
    listeners.ensure(balancer.loadBalancerArn(), model, arns, found.isEmpty());
    targetGroups.deleteUnless(before, arns::containsValue);
    formerNames.stream()
        .filter(name -> !name.equals(model.name()))
        .forEach(name -> deleteLoadBalancer(name, Set.copyOf(arns.values())));
    if (!isNew && !model.securityGroups().isEmpty()) {
      securityGroups.delete(model.stack());
    }
    return new Deployment(model, balancer.loadBalancerArn(), balancer.dnsName(), arns);
  }

  /**
   * Deletes all that there is of a stack; what is gone already is no failure.
   *
   * @param names of its load balancers
   * @param groupNames of its target groups
   */
  void delete(StackId stack, Collection<String> names, Collection<String> groupNames) {
    names.forEach(name -> deleteLoadBalancer(name, Set.of()));
    groupNames.forEach(
        name -> targetGroups.find(name).ifPresent(g -> targetGroups.delete(g.targetGroupArn())));
    securityGroups.delete(stack);
  }

  private void deleteLoadBalancer(String name, Set<String> keptGroups) {
    loadBalancers
        .find(name)
        .ifPresent(
            balancer -> {
              List<String> groups = targetGroups.of(balancer.loadBalancerArn());
              loadBalancers.delete(balancer.loadBalancerArn());
              targetGroups.deleteUnless(groups, keptGroups::contains);
            });
  }

  /**
   * What AWS holds.
   *
   * @param targetGroups their ARNs
   */
  record Deployment(
      LoadBalancerModel model,
      String loadBalancerArn,
      String dnsName,
      Map<Backend, String> targetGroups) {

    Deployment {
      targetGroups = Map.copyOf(targetGroups);
    }
  }
}
