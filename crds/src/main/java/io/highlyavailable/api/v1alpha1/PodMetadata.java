package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;

/** Labels and annotations merged over those of the generated pod. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodMetadata(
    @JsonPropertyDescription(
            "Labels to add to the pods, at most 32. Those of app.kubernetes.io/ and "
                + "highlyavailable.io/ are the operator's.")
        Map<String, String> labels,
    @JsonPropertyDescription(
            "Annotations to add to the pods, at most 32. Those of highlyavailable.io/ are the"
                + " operator's.")
        Map<String, String> annotations) {

  /** Absent lists and maps are read as empty; all are copied. */
  public PodMetadata {
    labels = Copies.ordered(labels);
    annotations = Copies.ordered(annotations);
  }
}
