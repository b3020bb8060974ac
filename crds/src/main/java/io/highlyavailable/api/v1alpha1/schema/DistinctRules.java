package io.highlyavailable.api.v1alpha1.schema;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Removes the second copy of each validation rule, in the whole tree below.
 *
 * <p>The generator reads an annotated record component twice, as a field and as an accessor, and
 * server-side apply refuses a CRD with a rule given twice.
 */
public final class DistinctRules implements SchemaCustomizer.Customizer {

  @Override
  public JSONSchemaProps apply(
      JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
    visit(schema);
    return schema;
  }

  private static void visit(JSONSchemaProps schema) {
    if (schema.getXKubernetesValidations() != null) {
      schema.setXKubernetesValidations(
          schema.getXKubernetesValidations().stream().distinct().toList());
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(DistinctRules::visit);
    }
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      visit(schema.getItems().getSchema());
    }
  }
}
