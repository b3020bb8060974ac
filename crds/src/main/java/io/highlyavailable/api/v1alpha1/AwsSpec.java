package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in AWS the app's resources live. Role, account and endpoint are the administrator's and not
 * here.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AwsSpec(
    @JsonPropertyDescription(
            "AWS region, such as eu-west-1. Default: the operator's. Immutable once data "
                + "exists.")
        @Size(min = 1, max = 32)
        @Nullable String region,
    @JsonPropertyDescription(
            "Tags for every AWS resource of the app, at most 30. Keys beginning with aws: or "
                + "highlyavailable.io/ are reserved. Default none.")
        Map<String, String> tags) {

  /** Absent lists and maps are read as empty; all are copied. */
  public AwsSpec {
    tags = Copies.ordered(tags);
  }
}
