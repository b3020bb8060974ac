package io.highlyavailable.api.v1alpha1.schema;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/**
 * Makes a list a map keyed by a field of its items: keys are unique, and server-side apply merges
 * the list item by item. Its input is {@code "<list> <key>"}.
 */
public final class ListMap implements SchemaCustomizer.Customizer {

  @Override
  public JSONSchemaProps apply(
      JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
    String[] listAndKey = input.split(" ");
    JSONSchemaProps list = schema.getProperties().get(listAndKey[0]);
    list.setXKubernetesListType("map");
    list.setXKubernetesListMapKeys(List.of(listAndKey[1]));
    return schema;
  }
}
