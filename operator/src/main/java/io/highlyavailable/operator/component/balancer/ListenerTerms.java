package io.highlyavailable.operator.component.balancer;

/**
 * What a listener does with requests.
 *
 * @param protocol {@code HTTP} or {@code HTTPS}
 * @param certificateArn the certificate it shows; empty without TLS
 * @param sslPolicy which versions and ciphers it takes; empty without TLS
 * @param action what becomes of a request that no rule is for
 */
public record ListenerTerms(
    String protocol, String certificateArn, String sslPolicy, ListenerAction action) {
  /** HTTP without TLS. */
  static ListenerTerms http(ListenerAction action) {
    return new ListenerTerms("HTTP", "", "", action);
  }

  @Override
  public String toString() {
    return certificateArn.isEmpty() && sslPolicy.isEmpty()
        ? protocol + ", " + action
        : "%s with %s and %s, %s".formatted(protocol, certificateArn, sslPolicy, action);
  }
}
