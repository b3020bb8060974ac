package io.highlyavailable.operator.component.role;

/**
 * An IAM role as it should be.
 *
 * @param name its name
 * @param path its path, begins and ends with a slash
 * @param trustPolicy who may take it on, as canonical JSON
 * @param policy what its inline policy allows, as canonical JSON
 * @param permissionsBoundary ARN of its boundary; empty for none
 */
public record RoleDesired(
    String name, String path, String trustPolicy, String policy, String permissionsBoundary) {}
