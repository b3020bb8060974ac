package io.highlyavailable.operator.component.accessentry;

/**
 * An access entry as it should be.
 *
 * @param roleArn the role that it lets in
 * @param type EKS's word for what the role is that of
 */
public record AccessEntryDesired(String roleArn, String type) {}
