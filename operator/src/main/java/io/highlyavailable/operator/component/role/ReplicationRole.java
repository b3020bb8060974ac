package io.highlyavailable.operator.component.role;

/**
 * The role that S3 takes on to copy an app's objects.
 *
 * @param role the role
 */
public record ReplicationRole(Role role) implements RoleOf {}
