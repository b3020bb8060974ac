package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * How connection data reaches the pods. The Secrets exist in any case, in the Service Binding
 * shape.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BindingsSpec(
    @JsonPropertyDescription(
            "Whether the Secrets are injected as environment variables. Default true.")
        @Default("true")
        @Nullable Boolean env,
    @JsonPropertyDescription(
            "Put before the names of the injected variables, such as SHOP_ for "
                + "SHOP_DATABASE_HOST. Default none.")
        @Size(max = 32)
        @ValidationRule(
            value = "self == '' || self.matches('^[A-Z_][A-Z0-9_]*$')",
            message =
                "prefix consists of capital letters, digits and _ and does not begin with a digit, "
                    + "such as SHOP_")
        @Nullable String prefix) {}
