package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the app is reached from outside: an Ingress for the AWS Load Balancer Controller. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record IngressSpec(
    @JsonPropertyDescription(
            "DNS name under which the app is served, such as shop.example.com. DNS records "
                + "are external-dns's; status.loadBalancer.hostname is their target.")
        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
            value =
                "self.matches('^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$')",
            message =
                "host is a DNS name in lower case such as shop.example.com, without scheme, port, "
                    + "path or wildcard")
        String host,
    @JsonPropertyDescription("Class of the Ingress. Default alb, the AWS Load Balancer Controller.")
        @Default(Defaults.INGRESS_CLASS_NAME)
        @Size(min = 1, max = 253)
        @ValidationRule(
            value = "self.matches('^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$')",
            message = "className is the name of an IngressClass, such as alb")
        @Nullable String className,
    @JsonPropertyDescription("internet-facing (default), or internal: reachable from the VPC only.")
        @Default("internet-facing")
        @Nullable LoadBalancerScheme scheme,
    @JsonPropertyDescription(
            "Path that the load balancer asks for to see whether a pod is healthy. Default /.")
        @Default(Defaults.HEALTH_CHECK_PATH)
        @Size(min = 1, max = 1024)
        @ValidationRule(
            value = "self.matches('^/[^ ?#]*$')",
            message =
                "healthCheckPath is a path that begins with / and has neither query nor space, such "
                    + "as /healthz")
        @Nullable String healthCheckPath,
    @JsonPropertyDescription("HTTPS. Default: on, with the certificate that ACM has for the host.")
        @Nullable TlsSpec tls,
    @JsonPropertyDescription(
            "ARN of the AWS WAFv2 web ACL that filters requests. Unset by default.")
        @Size(max = 2048)
        @ValidationRule(
            value =
                "self == '' || "
                    + "self.matches('^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:[0-9]{12}:regional/webacl/[A-Za-z0-9_-]+/[A-Za-z0-9-]+$')",
            message =
                "webAclArn is the ARN of a regional AWS WAFv2 web ACL, such as "
                    + "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/0a1b2c3d")
        @Nullable String webAclArn,
    @JsonPropertyDescription(
            "The load balancer of compute.instances writes a log of each request into the app's own "
                + "bucket, below load-balancer-logs/. Default: no logs.")
        @Nullable AccessLogsSpec accessLogs,
    @JsonPropertyDescription(
            "Further annotations of the Ingress, at most 16, out of an allow-list of those "
                + "that neither share the load balancer with others nor contradict other fields. "
                + "Default none.")
        @Size(max = 16)
        @ValidationRule(
            value = "self.all(key, !key.startsWith('alb.ingress.kubernetes.io/group.'))",
            message =
                "an app has a load balancer of its own; remove alb.ingress.kubernetes.io/group.name "
                    + "and group.order")
        @ValidationRule(
            value = "!('alb.ingress.kubernetes.io/certificate-arn' in self)",
            message =
                "write ingress.tls.certificateArn instead of "
                    + "alb.ingress.kubernetes.io/certificate-arn")
        @ValidationRule(
            value =
                "!('alb.ingress.kubernetes.io/security-groups' in self) && "
                    + "!('alb.ingress.kubernetes.io/manage-backend-security-group-rules' in self)",
            message =
                "security groups are the load balancer controller's; remove the annotation and write "
                    + "alb.ingress.kubernetes.io/inbound-cidrs to restrict who may connect")
        @ValidationRule(
            value =
                "!('alb.ingress.kubernetes.io/target-group-attributes' in self) || "
                    + "!self['alb.ingress.kubernetes.io/target-group-attributes'].contains('deregistration_delay')",
            message =
                "write availability.drainSeconds instead of deregistration_delay in "
                    + "alb.ingress.kubernetes.io/target-group-attributes")
        @ValidationRule(value = IngressAnnotations.RULE, message = IngressAnnotations.MESSAGE)
        Map<String, @Size(max = 2048) String> annotations) {

  /** Absent lists and maps are read as empty; all are copied. */
  public IngressSpec {
    annotations = Copies.ordered(annotations);
  }
}
