package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Map;

/**
 * The role that VPC flow logs take on to write records of traffic to CloudWatch Logs.
 *
 * @param role the role
 */
public record FlowLogRole(Role role) implements CloudResource {
  @Override
  public String name() {
    return role.name();
  }

  @Override
  public String id() {
    return role.id();
  }

  @Override
  public Map<String, String> tags() {
    return role.tags();
  }

  @Override
  public String state() {
    return role.state();
  }
}
