package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.highlyavailable.api.v1alpha1.schema.SchemaFile;
import java.util.List;

/** What runs to success before a new image is rolled out. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = SchemaFile.class, input = "env env")
public record MigrationSpec(
    @JsonPropertyDescription(
            "The program and its first arguments, 1 to 32, run in the app's image instead of "
                + "what the app itself runs. Another command runs once more.")
        @Required
        @Size(min = 1, max = 32)
        @ValidationRule(
            value = "self[0] != ''",
            message = "command begins with the program to run, such as [./migrate]")
        List<@Size(max = 4096) String> command,
    @JsonPropertyDescription(
            "Up to 64 more arguments. Default none. Other arguments run once more.")
        @Size(max = 64)
        List<@Size(max = 4096) String> args,
    @JsonPropertyDescription(
            "Up to 100 environment variables beside the app's own, as core/v1 EnvVar; one of "
                + "the same name takes its place. Default none.")
        List<EnvVar> env) {

  /** Absent lists are read as empty; all are copied. */
  public MigrationSpec {
    command = command == null ? List.of() : List.copyOf(command);
    args = args == null ? List.of() : List.copyOf(args);
    env = env == null ? List.of() : List.copyOf(env);
  }
}
