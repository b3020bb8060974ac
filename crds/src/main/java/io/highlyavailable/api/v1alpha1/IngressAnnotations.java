package io.highlyavailable.api.v1alpha1;

/**
 * The annotations that {@code spec.ingress.annotations} allows: those documented by the AWS Load
 * Balancer Controller and external-dns that concern this app only and that no other field owns.
 *
 * @see <a
 *     href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/">
 *     Annotations of the AWS Load Balancer Controller</a>
 */
final class IngressAnnotations {

  /** CEL rule over the map of annotations. */
  static final String RULE =
      "self.all(key, key in ["
          + "'alb.ingress.kubernetes.io/backend-protocol',"
          + " 'alb.ingress.kubernetes.io/backend-protocol-version',"
          + " 'alb.ingress.kubernetes.io/healthcheck-interval-seconds',"
          + " 'alb.ingress.kubernetes.io/healthcheck-timeout-seconds',"
          + " 'alb.ingress.kubernetes.io/healthy-threshold-count',"
          + " 'alb.ingress.kubernetes.io/inbound-cidrs',"
          + " 'alb.ingress.kubernetes.io/ip-address-type',"
          + " 'alb.ingress.kubernetes.io/load-balancer-attributes',"
          + " 'alb.ingress.kubernetes.io/shield-advanced-protection',"
          + " 'alb.ingress.kubernetes.io/ssl-policy',"
          + " 'alb.ingress.kubernetes.io/success-codes',"
          + " 'alb.ingress.kubernetes.io/target-group-attributes',"
          + " 'alb.ingress.kubernetes.io/unhealthy-threshold-count',"
          + " 'external-dns.alpha.kubernetes.io/ttl']"
          // Refused with a message of their own.
          + " || key.startsWith('alb.ingress.kubernetes.io/group.')"
          + " || key in ['alb.ingress.kubernetes.io/certificate-arn',"
          + " 'alb.ingress.kubernetes.io/security-groups',"
          + " 'alb.ingress.kubernetes.io/manage-backend-security-group-rules'])";

  /** What the API server answers to any other annotation. */
  static final String MESSAGE =
      "only these annotations are allowed: of alb.ingress.kubernetes.io/ backend-protocol,"
          + " backend-protocol-version, healthcheck-interval-seconds, healthcheck-timeout-seconds,"
          + " healthy-threshold-count, inbound-cidrs, ip-address-type, load-balancer-attributes,"
          + " shield-advanced-protection, ssl-policy, success-codes, target-group-attributes and"
          + " unhealthy-threshold-count, and external-dns.alpha.kubernetes.io/ttl; other settings"
          + " have fields of their own in ingress and availability";

  private IngressAnnotations() {}
}
