package io.highlyavailable.operator.component.internetgateway;

import io.highlyavailable.operator.component.Piece;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An internet gateway.
 *
 * @param name app and component, as its tags say
 * @param id its ARN
 * @param resourceId its id, such as {@code igw-1}
 * @param vpcId the VPC it is attached to; empty for none
 * @param tags its tags
 */
public record InternetGateway(
    String name, String id, String resourceId, String vpcId, Map<String, String> tags)
    implements Piece<InternetGateway> {
  public InternetGateway {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public String state() {
    return vpcId.isEmpty() ? "detached" : "attached";
  }

  @Override
  public InternetGateway withTags(Map<String, String> changed) {
    return new InternetGateway(name, id, resourceId, vpcId, changed);
  }
}
