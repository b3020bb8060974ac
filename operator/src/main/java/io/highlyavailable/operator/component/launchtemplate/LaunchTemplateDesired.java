package io.highlyavailable.operator.component.launchtemplate;

/**
 * A launch template as it should be.
 *
 * @param name its name
 * @param blueprint what its default version says
 */
public record LaunchTemplateDesired(String name, Blueprint blueprint) {}
