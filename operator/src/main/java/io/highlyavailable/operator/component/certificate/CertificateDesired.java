package io.highlyavailable.operator.component.certificate;

/**
 * What a listener needs of Certificate Manager.
 *
 * @param host the host name
 * @param region where the load balancer is
 */
public record CertificateDesired(String host, String region) {}
