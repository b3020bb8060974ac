package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Map;

/**
 * The role that S3 takes on to copy an app's objects.
 *
 * @param role the role
 */
public record ReplicationRole(Role role) implements CloudResource {
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
