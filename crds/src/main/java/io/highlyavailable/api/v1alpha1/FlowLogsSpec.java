package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Records of all traffic in a VPC, accepted and rejected, in CloudWatch Logs. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FlowLogsSpec(
    @JsonPropertyDescription(
            "Days for which CloudWatch Logs keeps the records; one of the numbers that it knows, "
                + "from 1 to 3653. Default 30.")
        @Default("" + Defaults.FLOW_LOG_RETENTION_DAYS)
        @Min(1)
        @Max(3653)
        @ValidationRule(
            value = FlowLogsSpec.RETENTION_RULE,
            message = FlowLogsSpec.RETENTION_MESSAGE)
        @Nullable Integer retentionDays) {

  /** CEL rule; source: PutRetentionPolicy in the API reference of CloudWatch Logs. */
  static final String RETENTION_RULE =
      "self in [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, "
          + "2557, 2922, 3288, 3653]";

  /** What to write instead. */
  static final String RETENTION_MESSAGE =
      "retentionDays is one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, "
          + "1096, 1827, 2192, 2557, 2922, 3288 and 3653, which CloudWatch Logs knows";
}
