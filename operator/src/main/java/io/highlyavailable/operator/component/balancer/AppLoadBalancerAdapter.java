package io.highlyavailable.operator.component.balancer;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.BalancingTags;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer.Listener;
import io.highlyavailable.operator.model.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.wafv2.Wafv2Client;
import software.amazon.awssdk.services.wafv2.model.WafNonexistentItemException;

/**
 * Application Load Balancers, whose listing shows neither tags, attributes nor listeners: so it
 * gives names, and details one by one. A create is several calls; after a crash between them what
 * is missing is a difference like any other. The web ACL is always one: WAF does not know a load
 * balancer that was made just now.
 */
public final class AppLoadBalancerAdapter
    implements Adapter<AppLoadBalancerDesired, AppLoadBalancer> {
  /** Elastic Load Balancing's largest page. */
  private static final int PAGE = 400;

  private static final String PROTECTION = "deletion_protection.enabled";

  private final ElasticLoadBalancingV2Client elb;
  private final Wafv2Client waf;
  private final BalancingTags tags;

  AppLoadBalancerAdapter(AwsClients clients) {
    this.elb = clients.elb();
    this.waf = clients.waf();
    this.tags = new BalancingTags(elb);
  }

  @Override
  public String service() {
    return "elasticloadbalancing";
  }

  @Override
  public Listing<AppLoadBalancer> list() {
    var request = DescribeLoadBalancersRequest.builder().pageSize(PAGE).build();
    return Listing.ofNames(
        elb.describeLoadBalancersPaginator(request).loadBalancers().stream()
            .filter(balancer -> balancer.type() == LoadBalancerTypeEnum.APPLICATION)
            .map(LoadBalancer::loadBalancerName)
            .filter(name -> name.startsWith(Names.PREFIX))
            .collect(Collectors.toSet()));
  }

  @Override
  public Optional<AppLoadBalancer> find(String name) {
    try {
      return described(name).map(this::row);
    } catch (LoadBalancerNotFoundException e) {
      // It was deleted between the calls.
      return Optional.empty();
    }
  }

  private Optional<LoadBalancer> described(String name) {
    try {
      return elb.describeLoadBalancers(request -> request.names(name)).loadBalancers().stream()
          .findFirst();
    } catch (LoadBalancerNotFoundException e) {
      return Optional.empty();
    }
  }

  private AppLoadBalancer row(LoadBalancer balancer) {
    String arn = balancer.loadBalancerArn();
    return LoadBalancerMapping.row(balancer, tags.of(arn))
        .withAttributes(attributes(arn))
        .withListeners(listeners(arn))
        .withWebAcl(webAcl(arn));
  }

  private Map<String, String> attributes(String arn) {
    return elb
        .describeLoadBalancerAttributes(request -> request.loadBalancerArn(arn))
        .attributes()
        .stream()
        .filter(attribute -> attribute.value() != null)
        .collect(
            Collectors.toMap(
                LoadBalancerAttribute::key, LoadBalancerAttribute::value, (a, b) -> b));
  }

  private SortedMap<Integer, Listener> listeners(String arn) {
    return elb
        .describeListenersPaginator(request -> request.loadBalancerArn(arn))
        .listeners()
        .stream()
        .collect(
            Collectors.toMap(
                it -> it.port(), LoadBalancerMapping::listener, (a, b) -> a, TreeMap::new));
  }

  private String webAcl(String arn) {
    try {
      var acl = waf.getWebACLForResource(request -> request.resourceArn(arn)).webACL();
      return acl == null ? "" : acl.arn();
    } catch (WafNonexistentItemException e) {
      return "";
    }
  }

  /** A second create of the same settings would succeed and say nothing of whose the first was. */
  @Override
  public AppLoadBalancer create(AppLoadBalancerDesired desired, Map<String, String> given) {
    if (described(desired.name()).isPresent()) {
      throw BalancingTags.taken("elasticloadbalancing:CreateLoadBalancer", desired.name());
    }
    LoadBalancer created =
        elb.createLoadBalancer(
                request ->
                    request
                        .name(desired.name())
                        .type(LoadBalancerTypeEnum.APPLICATION)
                        .scheme(desired.place().scheme())
                        .subnets(desired.place().subnetIds())
                        .securityGroups(desired.place().securityGroupIds())
                        .tags(BalancingTags.sdk(given)))
            .loadBalancers()
            .getFirst();
    AppLoadBalancer row =
        modify(LoadBalancerMapping.row(created, given), desired.attributes(Map.of()));
    for (int port : desired.listeners().keySet()) {
      row = listen(row, port, desired);
    }
    return row;
  }

  private AppLoadBalancer modify(AppLoadBalancer row, Map<String, String> attributes) {
    List<LoadBalancerAttribute> all =
        new TreeMap<>(attributes)
            .entrySet().stream()
                .map(it -> LoadBalancerMapping.attribute(it.getKey(), it.getValue()))
                .toList();
    elb.modifyLoadBalancerAttributes(request -> request.loadBalancerArn(row.id()).attributes(all));
    return row.withAttributes(attributes);
  }

  @Override
  public AppLoadBalancer update(
      AppLoadBalancer actual, AppLoadBalancerDesired desired, List<Difference> changes) {
    Set<String> fields = changes.stream().map(Difference::field).collect(Collectors.toSet());
    AppLoadBalancer row = move(actual, desired, fields);
    Map<String, String> attributes = new TreeMap<>(desired.attributes(actual.attributes()));
    attributes.keySet().retainAll(fields);
    if (!attributes.isEmpty()) {
      row = modify(row, attributes);
    }
    for (int port : LoadBalancerDifferences.ports(fields)) {
      row = listen(row, port, desired);
    }
    return fields.contains(LoadBalancerDifferences.WEB_ACL) ? guard(row, desired) : row;
  }

  private AppLoadBalancer move(
      AppLoadBalancer actual, AppLoadBalancerDesired desired, Set<String> fields) {
    var place = actual.place();
    if (fields.contains(LoadBalancerDifferences.SUBNETS)) {
      elb.setSubnets(
          request -> request.loadBalancerArn(actual.id()).subnets(desired.place().subnetIds()));
      place = place.withSubnets(desired.place().subnetIds());
    }
    if (fields.contains(LoadBalancerDifferences.SECURITY_GROUPS)) {
      elb.setSecurityGroups(
          request ->
              request
                  .loadBalancerArn(actual.id())
                  .securityGroups(desired.place().securityGroupIds()));
      place = place.withSecurityGroups(desired.place().securityGroupIds());
    }
    return actual.withPlace(place);
  }

  /** Makes, changes or deletes the listener on a port. */
  private AppLoadBalancer listen(AppLoadBalancer row, int port, AppLoadBalancerDesired desired) {
    SortedMap<Integer, Listener> listeners = new TreeMap<>(row.listeners());
    Listener present = listeners.remove(port);
    ListenerTerms wanted = desired.listeners().get(port);
    if (wanted == null) {
      if (present != null) {
        elb.deleteListener(request -> request.listenerArn(present.arn()));
      }
    } else if (present == null) {
      listeners.put(port, new Listener(made(row.id(), port, wanted), wanted));
    } else {
      elb.modifyListener(LoadBalancerMapping.change(present.arn(), wanted));
      listeners.put(port, new Listener(present.arn(), wanted));
    }
    return row.withListeners(listeners);
  }

  private String made(String balancerArn, int port, ListenerTerms terms) {
    return elb.createListener(LoadBalancerMapping.creation(balancerArn, port, terms))
        .listeners()
        .getFirst()
        .listenerArn();
  }

  private AppLoadBalancer guard(AppLoadBalancer row, AppLoadBalancerDesired desired) {
    waf.associateWebACL(request -> request.webACLArn(desired.webAclArn()).resourceArn(row.id()));
    return row.withWebAcl(desired.webAclArn());
  }

  @Override
  public AppLoadBalancer tag(AppLoadBalancer actual, Map<String, String> set) {
    tags.set(actual.id(), set);
    return actual.withTags(Tags.with(actual.tags(), set));
  }

  @Override
  public AppLoadBalancer untag(AppLoadBalancer actual, List<String> keys) {
    tags.remove(actual.id(), keys);
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  /** Its listeners go with it. AWS's own protection goes only here. */
  @Override
  public Optional<AppLoadBalancer> delete(AppLoadBalancer actual, Disposal disposal) {
    try {
      if (!"false".equals(actual.attributes().get(PROTECTION))) {
        modify(actual, Map.of(PROTECTION, "false"));
      }
      elb.deleteLoadBalancer(request -> request.loadBalancerArn(actual.id()));
    } catch (LoadBalancerNotFoundException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
