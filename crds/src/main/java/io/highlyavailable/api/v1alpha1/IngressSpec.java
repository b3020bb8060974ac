package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
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
        String host,
    @JsonPropertyDescription("Class of the Ingress. Default alb, the AWS Load Balancer Controller.")
        @Default(Defaults.INGRESS_CLASS_NAME)
        @Size(min = 1, max = 253)
        @Nullable String className,
    @JsonPropertyDescription("internet-facing (default), or internal: reachable from the VPC only.")
        @Default("internet-facing")
        @Nullable LoadBalancerScheme scheme,
    @JsonPropertyDescription(
            "Path that the load balancer asks for to see whether a pod is healthy. Default /.")
        @Default(Defaults.HEALTH_CHECK_PATH)
        @Size(min = 1, max = 1024)
        @Nullable String healthCheckPath,
    @JsonPropertyDescription("HTTPS. Default: on, with the certificate that ACM has for the host.")
        @Nullable TlsSpec tls,
    @JsonPropertyDescription(
            "ARN of the AWS WAFv2 web ACL that filters requests. Unset by default.")
        @Size(max = 2048)
        @Nullable String webAclArn,
    @JsonPropertyDescription(
            "Further annotations of the Ingress, at most 16, out of an allow-list of those "
                + "that neither share the load balancer with others nor contradict other fields. "
                + "Default none.")
        Map<String, String> annotations) {

  /** Absent lists and maps are read as empty; all are copied. */
  public IngressSpec {
    annotations = Copies.ordered(annotations);
  }
}
