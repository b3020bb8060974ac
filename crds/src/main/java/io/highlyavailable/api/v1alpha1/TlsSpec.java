package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** HTTPS at the load balancer. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.mode != 'Disabled' || !has(self.certificateArn) || self.certificateArn == ''",
    message = "certificateArn has no effect with mode Disabled; remove one of them")
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
        @ValidationRule(
            value =
                "self == '' || "
                    + "self.matches('^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$')",
            message =
                "certificateArn is the ARN of an ACM certificate, such as "
                    + "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d; leave it out to use the "
                    + "certificate that ACM has for the host")
        @Nullable String certificateArn) {}
