package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** HTTPS at the load balancer. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TlsSpec(
    @JsonPropertyDescription(
            "Enabled (default): HTTPS, and port 80 redirects to it. Disabled: plain HTTP "
                + "only.")
        @Default("Enabled")
        @Nullable TlsMode mode,
    @JsonPropertyDescription(
            "ARN of the ACM certificate to serve. Default: the certificate that ACM has for "
                + "the host.")
        @Size(max = 2048)
        @Nullable String certificateArn) {}
