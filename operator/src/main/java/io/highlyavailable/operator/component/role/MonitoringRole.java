package io.highlyavailable.operator.component.role;

/**
 * The role that RDS takes on to send a database's operating system metrics to CloudWatch Logs.
 *
 * @param role the role
 */
public record MonitoringRole(Role role) implements RoleOf {}
