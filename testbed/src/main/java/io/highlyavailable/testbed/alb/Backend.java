package io.highlyavailable.testbed.alb;

/**
 * A Service and its port, as an Ingress names them.
 *
 * @param service name of a Service in the Ingress's namespace
 * @param port the port's name or number
 */
record Backend(String service, String port) {}
