package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What stands in the way of deletion and what it leaves behind. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DeletionStatus(
    @JsonPropertyDescription("What deletion is waiting for.") List<String> blockedBy,
    @JsonPropertyDescription("Identifiers of the resources kept.") List<String> retained,
    @JsonPropertyDescription("Identifiers of the snapshots taken before deletion.")
        List<String> finalSnapshots) {

  /** Absent lists and maps are read as empty; all are copied. */
  public DeletionStatus {
    blockedBy = blockedBy == null ? List.of() : List.copyOf(blockedBy);
    retained = retained == null ? List.of() : List.copyOf(retained);
    finalSnapshots = finalSnapshots == null ? List.of() : List.copyOf(finalSnapshots);
  }
}
