package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** Labels and annotations merged over those of the generated pod. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodMetadata(
    @JsonPropertyDescription(
            "Labels to add to the pods, at most 32. Those of app.kubernetes.io/ and "
                + "highlyavailable.io/ are the operator's.")
        @Size(max = 32)
        @ValidationRule(
            value =
                "self.all(key, !(key in ['app.kubernetes.io/name', 'app.kubernetes.io/instance', "
                    + "'app.kubernetes.io/managed-by']) && !key.startsWith('highlyavailable.io/'))",
            message =
                "the labels app.kubernetes.io/name, instance and managed-by and those of "
                    + "highlyavailable.io/ are the operator's; remove them from podTemplate")
        @ValidationRule(
            value =
                "self.all(key, self[key].matches('^([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?$'))",
            message =
                "the value of a label has up to 63 letters, digits, _ . and -, and begins and ends "
                    + "with a letter or digit")
        Map<String, @Size(max = 63) String> labels,
    @JsonPropertyDescription(
            "Annotations to add to the pods, at most 32. Those of highlyavailable.io/ are the"
                + " operator's.")
        @Size(max = 32)
        @ValidationRule(
            value = "self.all(key, !key.startsWith('highlyavailable.io/'))",
            message =
                "annotations of highlyavailable.io/ are the operator's; remove them from podTemplate")
        Map<String, @Size(max = 16384) String> annotations) {

  /** Absent lists and maps are read as empty; all are copied. */
  public PodMetadata {
    labels = Copies.ordered(labels);
    annotations = Copies.ordered(annotations);
  }
}
