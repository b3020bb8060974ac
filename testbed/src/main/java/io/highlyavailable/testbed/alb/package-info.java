/**
 * A small stand-in for the AWS Load Balancer Controller, which is not to be had without its image:
 * it gives an Ingress of class {@code alb} a load balancer in the emulator, as the real one
 * documents it, and refuses what the real one refuses. It knows one Ingress a load balancer;
 * explicit groups, authentication and custom actions are refused as not supported here.
 *
 * <p>Source of names, tags, defaults and messages: the documentation of the AWS Load Balancer
 * Controller, version 2.14, "Ingress annotations", "Ingress specification" and "Subnet discovery".
 */
@NullMarked
package io.highlyavailable.testbed.alb;

import org.jspecify.annotations.NullMarked;
