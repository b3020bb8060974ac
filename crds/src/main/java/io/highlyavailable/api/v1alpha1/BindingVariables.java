package io.highlyavailable.api.v1alpha1;

import java.util.List;

/**
 * The environment variables that a binding is injected as, each preceded by {@code
 * spec.bindings.prefix}.
 */
public final class BindingVariables {

  /** Variables of the database's binding. */
  public static final List<BindingVariable> DATABASE =
      List.of(
          new BindingVariable("DATABASE_TYPE", "type"),
          new BindingVariable("DATABASE_HOST", "host"),
          new BindingVariable("DATABASE_PORT", "port"),
          new BindingVariable("DATABASE_NAME", "database"),
          new BindingVariable("DATABASE_USERNAME", "username"),
          new BindingVariable("DATABASE_PASSWORD", "password"),
          new BindingVariable("DATABASE_URI", "uri"));

  /** Variables of the object storage's binding. */
  public static final List<BindingVariable> STORAGE =
      List.of(
          new BindingVariable("STORAGE_TYPE", "type"),
          new BindingVariable("STORAGE_BUCKET", "bucket"),
          new BindingVariable("STORAGE_REGION", "region"),
          new BindingVariable("STORAGE_URI", "uri"));

  private BindingVariables() {}

  /**
   * One injected variable.
   *
   * @param name name of the environment variable, without the prefix
   * @param secretKey key in the binding's Secret that holds its value
   */
  public record BindingVariable(String name, String secretKey) {}
}
