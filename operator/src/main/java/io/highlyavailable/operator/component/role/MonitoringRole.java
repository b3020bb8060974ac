package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Map;

/**
 * The role that RDS takes on to send a database's operating system metrics to CloudWatch Logs.
 *
 * @param role the role
 */
public record MonitoringRole(Role role) implements CloudResource {
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
