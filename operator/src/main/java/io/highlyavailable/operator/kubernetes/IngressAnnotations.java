package io.highlyavailable.operator.kubernetes;

import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Exposure;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The annotations by which the AWS Load Balancer Controller makes a load balancer.
 *
 * @see <a
 *     href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/">
 *     Its documentation</a>
 */
final class IngressAnnotations {
  private static final String ALB = "alb.ingress.kubernetes.io/";
  private static final String TARGET_GROUP = ALB + "target-group-attributes";
  private static final String LOAD_BALANCER = ALB + "load-balancer-attributes";

  /** AWS's recommended policy: TLS 1.2 and 1.3. */
  private static final String SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

  private IngressAnnotations() {}

  static Map<String, String> of(App app, Exposure exposure) {
    Map<String, String> annotations = new TreeMap<>();
    annotations.put(ALB + "scheme", exposure.internal() ? "internal" : "internet-facing");
    annotations.put(ALB + "target-type", "ip");
    healthCheck(annotations, exposure);
    listeners(annotations, exposure);
    network(annotations, app, exposure);
    if (exposure.webAclArn() != null) {
      annotations.put(ALB + "wafv2-acl-arn", exposure.webAclArn());
    }
    if (!app.tags().isEmpty()) {
      annotations.put(ALB + "tags", attributes(new TreeMap<>(app.tags())));
    }
    users(annotations, app, exposure);
    return annotations;
  }

  /** A pod is out after 2 failures, 10 s apart: the fastest that ignores a single hiccup. */
  private static void healthCheck(Map<String, String> annotations, Exposure exposure) {
    annotations.put(ALB + "healthcheck-path", exposure.healthCheckPath());
    annotations.put(ALB + "healthcheck-interval-seconds", "10");
    annotations.put(ALB + "healthcheck-timeout-seconds", "5");
    annotations.put(ALB + "healthy-threshold-count", "2");
    annotations.put(ALB + "unhealthy-threshold-count", "2");
    // A front page that redirects to a login is healthy.
    annotations.put(ALB + "success-codes", "200-399");
  }

  private static void listeners(Map<String, String> annotations, Exposure exposure) {
    if (exposure.plaintext()) {
      annotations.put(ALB + "listen-ports", "[{\"HTTP\":80}]");
      return;
    }
    annotations.put(ALB + "listen-ports", "[{\"HTTP\":80},{\"HTTPS\":443}]");
    annotations.put(ALB + "ssl-redirect", "443");
    annotations.put(ALB + "ssl-policy", SSL_POLICY);
    if (exposure.certificateArn() != null) {
      annotations.put(ALB + "certificate-arn", exposure.certificateArn());
    }
  }

  private static void network(Map<String, String> annotations, App app, Exposure exposure) {
    if (app.network() instanceof NetworkChoice.Existing existing
        && !exposure.internal()
        && !existing.publicSubnetIds().isEmpty()) {
      annotations.put(ALB + "subnets", String.join(",", existing.publicSubnetIds()));
    }
  }

  /** The user's own win, but lists of attributes are merged and draining is never theirs. */
  private static void users(Map<String, String> annotations, App app, Exposure exposure) {
    annotations.putAll(exposure.annotations());
    Map<String, String> loadBalancer = new TreeMap<>();
    // Else a request smuggled past the load balancer reaches the app.
    loadBalancer.put("routing.http.drop_invalid_header_fields.enabled", "true");
    loadBalancer.putAll(parse(exposure.annotations().get(LOAD_BALANCER)));
    annotations.put(LOAD_BALANCER, attributes(loadBalancer));
    Map<String, String> targetGroup = parse(exposure.annotations().get(TARGET_GROUP));
    targetGroup.put(
        "deregistration_delay.timeout_seconds",
        Long.toString(app.workload().availability().drain().toSeconds()));
    annotations.put(TARGET_GROUP, attributes(targetGroup));
  }

  private static Map<String, String> parse(@Nullable String attributes) {
    Map<String, String> parsed = new TreeMap<>();
    if (attributes != null) {
      for (String attribute : attributes.split(",", -1)) {
        int equals = attribute.indexOf('=');
        if (equals > 0) {
          parsed.put(
              attribute.substring(0, equals).strip(), attribute.substring(equals + 1).strip());
        }
      }
    }
    return parsed;
  }

  private static String attributes(Map<String, String> attributes) {
    return attributes.entrySet().stream()
        .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
        .collect(Collectors.joining(","));
  }
}
