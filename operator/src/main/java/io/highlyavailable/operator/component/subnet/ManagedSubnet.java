package io.highlyavailable.operator.component.subnet;

import io.highlyavailable.operator.component.Piece;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A subnet.
 *
 * @param name app and component, as its tags say
 * @param id its ARN
 * @param resourceId its id, such as {@code subnet-1}
 * @param vpcId the VPC it is in
 * @param cidr its addresses
 * @param zone its availability zone's name
 * @param publicAddresses whether what starts in it is given a public address
 * @param state {@code pending} or {@code available}
 * @param tags its tags
 */
public record ManagedSubnet(
    String name,
    String id,
    String resourceId,
    String vpcId,
    String cidr,
    String zone,
    boolean publicAddresses,
    String state,
    Map<String, String> tags)
    implements Piece<ManagedSubnet> {
  static final String AVAILABLE = "available";

  public ManagedSubnet {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public boolean inTransition() {
    return !AVAILABLE.equals(state);
  }

  @Override
  public ManagedSubnet withTags(Map<String, String> changed) {
    return new ManagedSubnet(
        name, id, resourceId, vpcId, cidr, zone, publicAddresses, state, changed);
  }

  ManagedSubnet withoutPublicAddresses() {
    return new ManagedSubnet(name, id, resourceId, vpcId, cidr, zone, false, state, tags);
  }
}
