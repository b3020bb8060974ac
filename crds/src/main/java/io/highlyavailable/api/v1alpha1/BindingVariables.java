package io.highlyavailable.api.v1alpha1;

import java.util.List;

/**
 * The environment variables that a binding is injected as, each preceded by {@code
 * spec.bindings.prefix}.
 */
public final class BindingVariables {

  /** Variables of the binding of a database on RDS. */
  public static final List<BindingVariable> DATABASE =
      List.of(
          new BindingVariable("DATABASE_TYPE", "type"),
          new BindingVariable("DATABASE_HOST", "host"),
          new BindingVariable("DATABASE_PORT", "port"),
          new BindingVariable("DATABASE_NAME", "database"),
          new BindingVariable("DATABASE_USERNAME", "username"),
          new BindingVariable("DATABASE_PASSWORD", "password"),
          new BindingVariable("DATABASE_URI", "uri"),
          new BindingVariable("DATABASE_READER_HOST", "reader-host"),
          new BindingVariable("DATABASE_READER_URI", "reader-uri"));

  /** Variables of the binding of a table in DynamoDB. */
  public static final List<BindingVariable> TABLE =
      List.of(
          new BindingVariable("DATABASE_TYPE", "type"),
          new BindingVariable("DATABASE_TABLE", "table"),
          new BindingVariable("DATABASE_REGION", "region"));

  /** Variables of the object storage's binding. */
  public static final List<BindingVariable> STORAGE =
      List.of(
          new BindingVariable("STORAGE_TYPE", "type"),
          new BindingVariable("STORAGE_BUCKET", "bucket"),
          new BindingVariable("STORAGE_REGION", "region"),
          new BindingVariable("STORAGE_URI", "uri"));

  /**
   * Variables of the session store's binding; memcached has neither password, URI nor reader host.
   */
  public static final List<BindingVariable> SESSION_STORE =
      List.of(
          new BindingVariable("SESSION_STORE_TYPE", "type"),
          new BindingVariable("SESSION_STORE_HOST", "host"),
          new BindingVariable("SESSION_STORE_PORT", "port"),
          new BindingVariable("SESSION_STORE_TLS", "tls"),
          new BindingVariable("SESSION_STORE_PASSWORD", "password"),
          new BindingVariable("SESSION_STORE_URI", "uri"),
          new BindingVariable("SESSION_STORE_READER_HOST", "reader-host"));

  /**
   * CEL rule over the spec: no variable of the user's has the name of one of the binding of a
   * database on RDS.
   */
  static final String DATABASE_RULE =
      "!has(self.database) || !has(self.database.rds) || !has(self.env) || (has(self.bindings) && !self.bindings.env)"
          + " || self.env.all(variable, !(['DATABASE_TYPE', 'DATABASE_HOST', 'DATABASE_PORT', 'DATABASE_NAME', 'DATABASE_USERNAME', 'DATABASE_PASSWORD', 'DATABASE_URI', 'DATABASE_READER_HOST', 'DATABASE_READER_URI']"
          + ".exists(name, variable.name == (has(self.bindings) && has(self.bindings.prefix)"
          + " ? self.bindings.prefix : '') + name)))";

  /** What the API server answers when {@link #DATABASE_RULE} is broken. */
  static final String DATABASE_MESSAGE =
      "the binding of database injects DATABASE_TYPE, HOST, PORT, NAME, USERNAME, PASSWORD and URI;"
          + " rename the variable in env, or set bindings.prefix, or set bindings.env to false";

  /**
   * CEL rule over the spec: no variable of the user's has the name of one of the binding of a table
   * in DynamoDB.
   */
  static final String TABLE_RULE =
      "!has(self.database) || !has(self.database.dynamoDb) || !has(self.env) || (has(self.bindings) && !self.bindings.env)"
          + " || self.env.all(variable, !(['DATABASE_TYPE', 'DATABASE_TABLE', 'DATABASE_REGION']"
          + ".exists(name, variable.name == (has(self.bindings) && has(self.bindings.prefix)"
          + " ? self.bindings.prefix : '') + name)))";

  /** What the API server answers when {@link #TABLE_RULE} is broken. */
  static final String TABLE_MESSAGE =
      "the binding of database.dynamoDb injects DATABASE_TYPE, TABLE and REGION;"
          + " rename the variable in env, or set bindings.prefix, or set bindings.env to false";

  /**
   * CEL rule over the spec: no variable of the user's has the name of one of the storage's binding.
   */
  static final String STORAGE_RULE =
      "!has(self.storage) || !has(self.env) || (has(self.bindings) && !self.bindings.env)"
          + " || self.env.all(variable, !(['STORAGE_TYPE', 'STORAGE_BUCKET', 'STORAGE_REGION', 'STORAGE_URI']"
          + ".exists(name, variable.name == (has(self.bindings) && has(self.bindings.prefix)"
          + " ? self.bindings.prefix : '') + name)))";

  /** What the API server answers when {@link #STORAGE_RULE} is broken. */
  static final String STORAGE_MESSAGE =
      "the binding of storage injects STORAGE_TYPE, BUCKET, REGION and URI;"
          + " rename the variable in env, or set bindings.prefix, or set bindings.env to false";

  /**
   * CEL rule over the spec: no variable of the user's has the name of one of the session store's
   * binding.
   */
  static final String SESSION_STORE_RULE =
      "!has(self.sessionStore) || !has(self.env) || (has(self.bindings) && !self.bindings.env)"
          + " || self.env.all(variable, !(['SESSION_STORE_TYPE', 'SESSION_STORE_HOST', 'SESSION_STORE_PORT', 'SESSION_STORE_TLS', 'SESSION_STORE_PASSWORD', 'SESSION_STORE_URI', 'SESSION_STORE_READER_HOST']"
          + ".exists(name, variable.name == (has(self.bindings) && has(self.bindings.prefix)"
          + " ? self.bindings.prefix : '') + name)))";

  /** What the API server answers when {@link #SESSION_STORE_RULE} is broken. */
  static final String SESSION_STORE_MESSAGE =
      "the binding of sessionStore injects SESSION_STORE_TYPE, HOST, PORT, TLS, PASSWORD, URI and READER_HOST;"
          + " rename the variable in env, or set bindings.prefix, or set bindings.env to false";

  private BindingVariables() {}

  /**
   * One injected variable.
   *
   * @param name name of the environment variable, without the prefix
   * @param secretKey key in the binding's Secret that holds its value
   */
  public record BindingVariable(String name, String secretKey) {}
}
