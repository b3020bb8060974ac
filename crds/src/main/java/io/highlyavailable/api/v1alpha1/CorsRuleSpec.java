package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which pages may reach the bucket from a browser. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CorsRuleSpec(
    @JsonPropertyDescription(
            "Origins of the pages, 1 to 20, such as https://shop.example.com; one * in each stands "
                + "for anything.")
        @Required
        @Size(min = 1, max = 20)
        @ValidationRule(
            value =
                "self.all(origin, origin.matches('^[!-~]{1,256}$') && "
                    + "origin.indexOf('*') == origin.lastIndexOf('*'))",
            message =
                "an origin is * or a scheme and a host with at most one *, such as "
                    + "https://shop.example.com")
        List<@Size(min = 1, max = 256) String> allowedOrigins,
    @JsonPropertyDescription("HTTP methods: GET, PUT, HEAD, POST or DELETE.")
        @Required
        @Size(min = 1, max = 5)
        @ValidationRule(
            value = "self.all(method, method in ['GET', 'PUT', 'HEAD', 'POST', 'DELETE'])",
            message = "S3 allows the methods GET, PUT, HEAD, POST and DELETE")
        List<@Size(min = 1, max = 8) String> allowedMethods,
    @JsonPropertyDescription(
            "Headers that a request may have, up to 20; one * in each stands for anything. Default "
                + "none.")
        @Size(max = 20)
        @ValidationRule(
            value =
                "self.all(header, header.matches('^[!-~]{1,128}$') && "
                    + "header.indexOf('*') == header.lastIndexOf('*'))",
            message = "an allowed header is a header's name with at most one *")
        List<@Size(min = 1, max = 128) String> allowedHeaders,
    @JsonPropertyDescription(
            "Headers of the answer that the page may read, up to 20, such as ETag. Default none.")
        @Size(max = 20)
        @ValidationRule(
            value = "self.all(header, header.matches('^[A-Za-z0-9-]{1,128}$'))",
            message = "an exposed header is a header's name, such as ETag")
        List<@Size(min = 1, max = 128) String> exposeHeaders,
    @JsonPropertyDescription(
            "Seconds for which a browser may remember the answer, 0 to 86400. Unset by default: the "
                + "browser decides.")
        @Min(0)
        @Max(86400)
        @Nullable Integer maxAgeSeconds) {

  /** Absent lists are read as empty; all are copied. */
  public CorsRuleSpec {
    allowedOrigins = allowedOrigins == null ? List.of() : List.copyOf(allowedOrigins);
    allowedMethods = allowedMethods == null ? List.of() : List.copyOf(allowedMethods);
    allowedHeaders = allowedHeaders == null ? List.of() : List.copyOf(allowedHeaders);
    exposeHeaders = exposeHeaders == null ? List.of() : List.copyOf(exposeHeaders);
  }
}
