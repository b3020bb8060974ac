package io.highlyavailable.operator.component.balancer;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An Application Load Balancer with its listeners.
 *
 * @param name its name
 * @param id its ARN
 * @param status how far Elastic Load Balancing is with it
 * @param address how it is reached
 * @param place where it is
 * @param attributes all of its attributes, ordered
 * @param listeners by port, ordered
 * @param webAclArn the web ACL of WAF that guards it; empty for none
 * @param tags its tags
 */
public record AppLoadBalancer(
    String name,
    String id,
    Status status,
    Address address,
    Place place,
    SortedMap<String, String> attributes,
    SortedMap<Integer, Listener> listeners,
    String webAclArn,
    Map<String, String> tags)
    implements CloudResource {
  static final String PROVISIONING = "provisioning";
  static final String ACTIVE = "active";
  static final String IMPAIRED = "active_impaired";
  static final String FAILED = "failed";

  public AppLoadBalancer {
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    listeners = Collections.unmodifiableSortedMap(new TreeMap<>(listeners));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /**
   * How far Elastic Load Balancing is with it.
   *
   * @param code its word, such as {@code active}
   * @param reason why, where it says so; else empty
   */
  public record Status(String code, String reason) {}

  /**
   * How it is reached.
   *
   * @param dnsName its DNS name, which a host's record points at
   * @param hostedZoneId the zone of that name in Route 53, for an alias record
   */
  public record Address(String dnsName, String hostedZoneId) {}

  /**
   * Where it is.
   *
   * @param scheme {@code internet-facing} or {@code internal}; fixed when it is made
   * @param vpcId the VPC; fixed when it is made
   * @param subnetIds one subnet a zone, ordered
   * @param securityGroupIds its security groups, ordered
   */
  public record Place(
      String scheme,
      String vpcId,
      SortedSet<String> subnetIds,
      SortedSet<String> securityGroupIds) {
    public Place {
      subnetIds = Collections.unmodifiableSortedSet(new TreeSet<>(subnetIds));
      securityGroupIds = Collections.unmodifiableSortedSet(new TreeSet<>(securityGroupIds));
    }

    Place withSubnets(SortedSet<String> ids) {
      return new Place(scheme, vpcId, ids, securityGroupIds);
    }

    Place withSecurityGroups(SortedSet<String> ids) {
      return new Place(scheme, vpcId, subnetIds, ids);
    }
  }

  /**
   * A listener.
   *
   * @param arn its ARN
   * @param terms what it does with requests
   */
  public record Listener(String arn, ListenerTerms terms) {}

  @Override
  public String state() {
    return status.code();
  }

  @Override
  public boolean inTransition() {
    return PROVISIONING.equals(status.code());
  }

  AppLoadBalancer withTags(Map<String, String> changed) {
    return new AppLoadBalancer(
        name, id, status, address, place, attributes, listeners, webAclArn, changed);
  }

  AppLoadBalancer withPlace(Place changed) {
    return new AppLoadBalancer(
        name, id, status, address, changed, attributes, listeners, webAclArn, tags);
  }

  AppLoadBalancer withAttributes(Map<String, String> changed) {
    SortedMap<String, String> all = new TreeMap<>(attributes);
    all.putAll(changed);
    return new AppLoadBalancer(name, id, status, address, place, all, listeners, webAclArn, tags);
  }

  AppLoadBalancer withListeners(SortedMap<Integer, Listener> changed) {
    return new AppLoadBalancer(
        name, id, status, address, place, attributes, changed, webAclArn, tags);
  }

  AppLoadBalancer withWebAcl(String arn) {
    return new AppLoadBalancer(name, id, status, address, place, attributes, listeners, arn, tags);
  }
}
