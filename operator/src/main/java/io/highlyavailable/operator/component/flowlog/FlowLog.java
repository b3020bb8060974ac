package io.highlyavailable.operator.component.flowlog;

import io.highlyavailable.operator.component.Piece;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A VPC flow log. Nothing of it can be changed.
 *
 * @param name app and component, as its tags say
 * @param id its id, such as {@code fl-1}: EC2 does not say whose account it is in
 * @param vpcId whose traffic it records
 * @param logGroup where it writes to
 * @param roleArn the role that it writes with
 * @param state EC2's word for its state
 * @param deliveryError why it could not write last; empty for nothing
 * @param tags its tags
 */
public record FlowLog(
    String name,
    String id,
    String vpcId,
    String logGroup,
    String roleArn,
    String state,
    String deliveryError,
    Map<String, String> tags)
    implements Piece<FlowLog> {
  public FlowLog {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public String resourceId() {
    return id;
  }

  @Override
  public FlowLog withTags(Map<String, String> changed) {
    return new FlowLog(name, id, vpcId, logGroup, roleArn, state, deliveryError, changed);
  }
}
