package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What stands in the way of deletion and what it leaves behind. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DeletionStatus(
    @JsonPropertyDescription("What deletion is waiting for.") @Size(max = 64)
        List<@Size(max = 4096) String> blockedBy,
    @JsonPropertyDescription("Identifiers of the resources kept.") @Size(max = 64)
        List<@Size(max = 2048) String> retained,
    @JsonPropertyDescription("Identifiers of the snapshots taken before deletion.") @Size(max = 64)
        List<@Size(max = 2048) String> finalSnapshots) {

  /** Absent lists and maps are read as empty; all are copied. */
  public DeletionStatus {
    blockedBy = blockedBy == null ? List.of() : List.copyOf(blockedBy);
    retained = retained == null ? List.of() : List.copyOf(retained);
    finalSnapshots = finalSnapshots == null ? List.of() : List.copyOf(finalSnapshots);
  }
}
