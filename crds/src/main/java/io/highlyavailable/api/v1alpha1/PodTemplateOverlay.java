package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.highlyavailable.api.v1alpha1.schema.SchemaFile;
import org.jspecify.annotations.Nullable;

/**
 * What is merged over the generated pod, in the shape of core/v1 PodTemplateSpec. The container of
 * the app is named app.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaFile.class, input = "spec pod-spec")
public record PodTemplateOverlay(
    @JsonPropertyDescription("Labels and annotations to add.") @Nullable PodMetadata metadata,
    @JsonPropertyDescription(
            "Part of a core/v1 PodSpec: sidecars, init containers, volumes, tolerations, "
                + "affinity and the like; command, args, volumeMounts and securityContext of the "
                + "container named app. What other fields of this resource say is refused here.")
        @Nullable PodSpec spec) {}
