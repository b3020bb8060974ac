package io.highlyavailable.api.v1alpha1.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;

/**
 * Completes the schema of the whole resource: spec is required, spec and status are described, a
 * status is there from the start, lists are atomic unless said otherwise, and each validation rule
 * is there once.
 *
 * <p>The generator reads an annotated record component twice, as a field and as an accessor, and
 * server-side apply refuses a CRD with a rule given twice.
 */
public final class RootSchema implements SchemaCustomizer.Customizer {

  /**
   * The status of an app that the operator has not seen. Without one, kstatus (Flux, Helm's wait,
   * others) takes a new app for finished: it has no condition that says otherwise.
   */
  private static final Map<String, Integer> UNSEEN = Map.of("observedGeneration", -1);

  @Override
  public JSONSchemaProps apply(
      JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
    schema.setRequired(List.of("spec"));
    Map<String, JSONSchemaProps> parts = schema.getProperties();
    parts.get("spec").setDescription("What is asked for. Only image is required.");
    JSONSchemaProps status = parts.get("status");
    status.setDescription("What was observed. Written by the operator.");
    status.setDefault(serialization.convertValue(UNSEEN, JsonNode.class));
    complete(schema);
    return schema;
  }

  private static void complete(JSONSchemaProps schema) {
    if (schema.getXKubernetesValidations() != null) {
      schema.setXKubernetesValidations(
          schema.getXKubernetesValidations().stream().distinct().toList());
    }
    if ("array".equals(schema.getType())) {
      if (schema.getXKubernetesListType() == null) {
        schema.setXKubernetesListType("atomic");
      }
      complete(schema.getItems().getSchema());
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(RootSchema::complete);
    }
  }
}
