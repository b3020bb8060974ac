package io.highlyavailable.testbed.alb;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;

/** Load balancers in AWS. */
final class LoadBalancers {
  private final ElasticLoadBalancingV2Client elb;
  private final ResourceTags tags;

  LoadBalancers(ElasticLoadBalancingV2Client elb, ResourceTags tags) {
    this.elb = elb;
    this.tags = tags;
  }

  Optional<LoadBalancer> find(String name) {
    try {
      return elb.describeLoadBalancers(b -> b.names(name)).loadBalancers().stream().findFirst();
    } catch (LoadBalancerNotFoundException e) {
      return Optional.empty();
    }
  }

  LoadBalancer create(LoadBalancerModel model, List<String> subnets, List<String> securityGroups) {
    Map<String, String> all = tags.of(model.stack(), "LoadBalancer", model.tags());
    LoadBalancer created =
        elb.createLoadBalancer(
                b ->
                    b.name(model.name())
                        .type(LoadBalancerTypeEnum.APPLICATION)
                        .scheme(model.scheme())
                        .ipAddressType(model.ipAddressType())
                        .subnets(subnets)
                        .securityGroups(securityGroups)
                        .tags(TargetGroups.awsTags(all)))
            .loadBalancers()
            .getFirst();
    setAttributes(created, model);
    return created;
  }

  /** Gives an existing one the subnets, security groups and attributes of a model. */
  void correct(
      LoadBalancer found,
      LoadBalancerModel model,
      List<String> subnets,
      List<String> securityGroups) {
    String arn = found.loadBalancerArn();
    if (!new HashSet<>(found.securityGroups()).equals(new HashSet<>(securityGroups))) {
      elb.setSecurityGroups(b -> b.loadBalancerArn(arn).securityGroups(securityGroups));
    }
    List<String> present = found.availabilityZones().stream().map(zone -> zone.subnetId()).toList();
    if (!new HashSet<>(present).equals(new HashSet<>(subnets))) {
      elb.setSubnets(b -> b.loadBalancerArn(arn).subnets(subnets));
    }
    setAttributes(found, model);
  }

  private void setAttributes(LoadBalancer balancer, LoadBalancerModel model) {
    List<LoadBalancerAttribute> given =
        model.attributes().entrySet().stream()
            .map(e -> LoadBalancerAttribute.builder().key(e.getKey()).value(e.getValue()).build())
            .toList();
    if (!given.isEmpty()) {
      elb.modifyLoadBalancerAttributes(
          b -> b.loadBalancerArn(balancer.loadBalancerArn()).attributes(given));
    }
  }

  void delete(String arn) {
    elb.deleteLoadBalancer(b -> b.loadBalancerArn(arn));
  }
}
