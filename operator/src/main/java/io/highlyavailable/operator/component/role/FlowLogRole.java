package io.highlyavailable.operator.component.role;

/**
 * The role that VPC flow logs take on to write records of traffic to CloudWatch Logs.
 *
 * @param role the role
 */
public record FlowLogRole(Role role) implements RoleOf {}
