package io.highlyavailable.api.v1alpha1.schema;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Takes the schema of a field of a core type from a YAML file beside this class, and keeps the
 * field's own description. Its input is {@code "<field> <file>"}.
 *
 * <p>The generator would derive one without bounds, descriptions or required fields, which the API
 * server would find too expensive for validation rules.
 */
public final class SchemaFile implements SchemaCustomizer.Customizer {

  @Override
  public JSONSchemaProps apply(
      JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
    String[] fieldAndFile = input.split(" ");
    JSONSchemaProps fromFile = read(fieldAndFile[1] + ".yaml", serialization);
    schema
        .getProperties()
        .compute(
            fieldAndFile[0],
            (name, derived) -> {
              fromFile.setDescription(derived.getDescription());
              return fromFile;
            });
    return schema;
  }

  private static JSONSchemaProps read(String name, KubernetesSerialization serialization) {
    try (InputStream file = SchemaFile.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalArgumentException("no schema file " + name);
      }
      return serialization.unmarshal(file, JSONSchemaProps.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
