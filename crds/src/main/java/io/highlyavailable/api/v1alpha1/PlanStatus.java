package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Changes that wait for the maintenance window or for approval. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlanStatus(
    @JsonPropertyDescription(
            "Identifies exactly these changes: the value of the annotation "
                + "highlyavailable.io/approved-plan that approves them.")
        @Required
        @Size(min = 1, max = 80)
        String hash,
    @JsonPropertyDescription("The changes, at most 64.") @Size(max = 64)
        List<PlannedAction> actions) {

  /** Absent lists are read as empty; all are copied. */
  public PlanStatus {
    actions = actions == null ? List.of() : List.copyOf(actions);
  }
}
