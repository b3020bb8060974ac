package io.highlyavailable.operator.component.loadbalancer;

/** Nothing is asked of the load balancer but that it is there: the Ingress says how it looks. */
public record LoadBalancerDesired() {}
