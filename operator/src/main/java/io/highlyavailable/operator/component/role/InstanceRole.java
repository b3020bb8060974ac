package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Map;

/**
 * The role of an app's instances, and the instance profile of the same name that hands it to them.
 *
 * @param role the role
 * @param profile whether there is a profile that holds the role
 */
public record InstanceRole(Role role, boolean profile) implements CloudResource {
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

  InstanceRole with(Role changed) {
    return new InstanceRole(changed, profile);
  }
}
