package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
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
        @ValidationRule(
            value = "self.matches('^[a-z]{2}(-[a-z]+)+-[0-9]{1,2}$')",
            message = "region is an AWS region, such as eu-west-1, not an availability zone")
        @Nullable String region,
    @JsonPropertyDescription(
            "Tags for every AWS resource of the app, at most 30. Keys beginning with aws: or "
                + "highlyavailable.io/ are reserved. Default none.")
        @Size(max = 30)
        @ValidationRule(
            value =
                "self.all(key, !key.startsWith('aws:') && !key.startsWith('highlyavailable.io/'))",
            message =
                "tag keys beginning with aws: or highlyavailable.io/ are reserved; rename the tag")
        @ValidationRule(
            value =
                "self.all(key, size(key) >= 1 && size(key) <= 128 && key.matches('^[A-Za-z0-9 "
                    + "_.:/=+@-]+$'))",
            message =
                "a tag key has 1 to 128 letters, digits, spaces and _ . : / = + - @, as AWS allows")
        @ValidationRule(
            value = "self.all(key, self[key].matches('^[A-Za-z0-9 _.:/=+@-]*$'))",
            message =
                "a tag value has up to 256 letters, digits, spaces and _ . : / = + - @, as AWS allows")
        Map<String, @Size(max = 256) String> tags) {

  /** Absent lists and maps are read as empty; all are copied. */
  public AwsSpec {
    tags = Copies.ordered(tags);
  }
}
