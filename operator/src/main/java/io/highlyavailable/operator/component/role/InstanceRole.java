package io.highlyavailable.operator.component.role;

/**
 * The role of an app's instances, and the instance profile of the same name that hands it to them.
 *
 * @param role the role
 * @param profile whether there is a profile that holds the role
 */
public record InstanceRole(Role role, boolean profile) implements RoleOf {
  InstanceRole with(Role changed) {
    return new InstanceRole(changed, profile);
  }
}
