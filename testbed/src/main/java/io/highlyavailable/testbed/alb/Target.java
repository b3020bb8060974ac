package io.highlyavailable.testbed.alb;

/**
 * A target of a group.
 *
 * @param id an IP address or an instance id
 */
record Target(String id, int port) {}
