package io.highlyavailable.testbed.alb;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The annotations that the controller documents for an Ingress, without its prefix. The real one
 * ignores others in silence; here they are refused, since an annotation without effect is a mistake
 * that a test should find.
 */
final class DocumentedAnnotations {
  static final String PREFIX = "alb.ingress.kubernetes.io/";

  private static final Set<String> NAMES =
      Set.of(
          "load-balancer-name",
          "group.name",
          "group.order",
          "tags",
          "ip-address-type",
          "scheme",
          "subnets",
          "customer-owned-ipv4-pool",
          "ipam-ipv4-pool-id",
          "load-balancer-attributes",
          "minimum-load-balancer-capacity",
          "wafv2-acl-arn",
          "wafv2-acl-name",
          "waf-acl-id",
          "shield-advanced-protection",
          "security-groups",
          "security-group-prefix-lists",
          "manage-backend-security-group-rules",
          "listen-ports",
          "ssl-redirect",
          "inbound-cidrs",
          "certificate-arn",
          "ssl-policy",
          "mutual-authentication",
          "target-type",
          "target-node-labels",
          "backend-protocol",
          "backend-protocol-version",
          "target-group-attributes",
          "multi-cluster-target-group",
          "healthcheck-port",
          "healthcheck-protocol",
          "healthcheck-path",
          "healthcheck-interval-seconds",
          "healthcheck-timeout-seconds",
          "healthy-threshold-count",
          "unhealthy-threshold-count",
          "success-codes",
          "use-regex-path-match",
          "auth-type",
          "auth-idp-cognito",
          "auth-idp-oidc",
          "auth-on-unauthenticated-request",
          "auth-scope",
          "auth-session-cookie",
          "auth-session-timeout",
          "enable-frontend-nlb",
          "frontend-nlb-scheme",
          "frontend-nlb-subnets",
          "frontend-nlb-security-groups",
          "frontend-nlb-listener-port-mapping",
          "frontend-nlb-eip-allocations",
          "frontend-nlb-healthcheck-port",
          "frontend-nlb-healthcheck-protocol",
          "frontend-nlb-healthcheck-path",
          "frontend-nlb-healthcheck-interval-seconds",
          "frontend-nlb-healthcheck-timeout-seconds",
          "frontend-nlb-healthcheck-healthy-threshold-count",
          "frontend-nlb-healthcheck-unhealthy-threshold-count",
          "frontend-nlb-healthcheck-success-codes",
          "frontend-nlb-attributes",
          "frontend-nlb-tags");

  /** Documented names that end in something of the author's choice. */
  private static final List<String> FAMILIES =
      List.of("actions.", "conditions.", "transforms.", "listener-attributes.");

  /** Documented ones that change the load balancer in ways that the stand-in does not know. */
  private static final List<String> NOT_SUPPORTED_HERE =
      List.of("group.", "actions.", "conditions.", "transforms.", "auth-", "enable-frontend-nlb");

  private DocumentedAnnotations() {}

  /**
   * Checks all annotations of the controller's.
   *
   * @throws BuildModelException naming the first that is not documented, or not supported here
   */
  static void check(Map<String, String> annotations) {
    annotations.keySet().stream()
        .filter(key -> key.startsWith(PREFIX))
        .sorted()
        .map(key -> key.substring(PREFIX.length()))
        .forEach(DocumentedAnnotations::check);
  }

  private static void check(String name) {
    if (!NAMES.contains(name) && FAMILIES.stream().noneMatch(name::startsWith)) {
      throw new BuildModelException("annotation %s%s is not documented".formatted(PREFIX, name));
    }
    if (NOT_SUPPORTED_HERE.stream().anyMatch(name::startsWith)) {
      throw new BuildModelException(
          "annotation %s%s is not supported by the testbed's stand-in".formatted(PREFIX, name));
    }
  }
}
