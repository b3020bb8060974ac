package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of one part of the app. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ComponentStatus(
    @JsonPropertyDescription("Name of the component, such as database. Unique in the list.")
        @Required
        @Size(min = 1, max = 63)
        String name,
    @JsonPropertyDescription("Kind of the component, such as rds or Deployment.")
        @Required
        @Size(min = 1, max = 63)
        String kind,
    @JsonPropertyDescription("ARN or name of the resource once it is known.") @Size(max = 2048)
        @Nullable String id,
    @JsonPropertyDescription("Created, Adopted or Referenced.") @Required Ownership ownership,
    @JsonPropertyDescription("The state in the provider's own word, such as available.")
        @Required
        @Size(max = 128)
        String state,
    @JsonPropertyDescription("Whether the component does its work.") @Required boolean ready,
    @JsonPropertyDescription("The provider's error, whole, or what is being waited for.")
        @Size(max = 32768)
        @Nullable String message,
    @JsonPropertyDescription("What a person should do, or empty.") @Size(max = 4096)
        @Nullable String nextStep,
    @JsonPropertyDescription(
            "What restoreFrom said when the resource was last there: the same again does not "
                + "bring back what is lost.")
        @Size(max = 320)
        @Nullable String startedFrom,
    @JsonPropertyDescription("Who is creating it, while it is not known to be there.")
        @Nullable CreationStatus creation,
    @JsonPropertyDescription("Differences found last, at most 64.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        List<Drift> drift,
    @JsonPropertyDescription("Alarms of it that are on, at most 64.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        List<AlarmStatus> alarms) {

  /** Absent lists and maps are read as empty; all are copied. */
  public ComponentStatus {
    drift = drift == null ? List.of() : List.copyOf(drift);
    alarms = alarms == null ? List.of() : List.copyOf(alarms);
  }

  /** A component of which no alarm is on. */
  public ComponentStatus(
      String name,
      String kind,
      @Nullable String id,
      Ownership ownership,
      String state,
      boolean ready,
      @Nullable String message,
      @Nullable String nextStep,
      @Nullable String startedFrom,
      @Nullable CreationStatus creation,
      List<Drift> drift) {
    this(
        name,
        kind,
        id,
        ownership,
        state,
        ready,
        message,
        nextStep,
        startedFrom,
        creation,
        drift,
        List.of());
  }
}
