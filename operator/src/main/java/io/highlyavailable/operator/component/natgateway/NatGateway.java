package io.highlyavailable.operator.component.natgateway;

import io.highlyavailable.operator.component.Piece;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A NAT gateway.
 *
 * @param name app and component, as its tags say
 * @param resourceId its id, such as {@code nat-1}
 * @param subnetId the subnet it is in
 * @param state {@code pending}, {@code available}, {@code failed} or {@code deleting}
 * @param failure why it failed; empty when it did not
 * @param tags its tags
 */
public record NatGateway(
    String name,
    String resourceId,
    String subnetId,
    String state,
    String failure,
    Map<String, String> tags)
    implements Piece<NatGateway> {
  static final String PENDING = "pending";
  static final String AVAILABLE = "available";
  static final String FAILED = "failed";
  static final String DELETING = "deleting";

  public NatGateway {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /** EC2 does not say whose it is, as an ARN would. */
  @Override
  public String id() {
    return resourceId;
  }

  @Override
  public boolean inTransition() {
    return PENDING.equals(state) || deleting();
  }

  @Override
  public boolean deleting() {
    return DELETING.equals(state);
  }

  @Override
  public NatGateway withTags(Map<String, String> changed) {
    return new NatGateway(name, resourceId, subnetId, state, failure, changed);
  }

  NatGateway beingDeleted() {
    return new NatGateway(name, resourceId, subnetId, DELETING, failure, tags);
  }
}
