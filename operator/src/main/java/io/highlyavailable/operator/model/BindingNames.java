package io.highlyavailable.operator.model;

import io.highlyavailable.api.v1alpha1.BindingVariables;
import io.highlyavailable.api.v1alpha1.BindingVariables.BindingVariable;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where pods find what a binding holds: environment variables, and files in the Service Binding
 * shape ({@code $SERVICE_BINDING_ROOT/<suffix>/<key>}).
 */
public final class BindingNames {
  /** Suffix of the database's binding. */
  public static final String DATABASE = "database";

  /** Suffix of the session store's binding. */
  public static final String SESSION_STORE = "session-store";

  /** Suffix of the bucket's binding. */
  public static final String STORAGE = "storage";

  /** The variable that the Service Binding specification looks for. */
  public static final String ROOT_VARIABLE = "SERVICE_BINDING_ROOT";

  /** The directory it names. */
  public static final String ROOT = "/bindings";

  /** What names of the volumes begin with. */
  public static final String VOLUME_PREFIX = "binding-";

  private BindingNames() {}

  /** Suffixes of the bindings that an app has, or waits for, in order. */
  public static List<String> suffixes(App app) {
    List<String> suffixes = new ArrayList<>();
    if (app.databaseSettings().isPresent() || app.tableSettings().isPresent()) {
      suffixes.add(DATABASE);
    }
    app.sessionStoreSettings().ifPresent(_ -> suffixes.add(SESSION_STORE));
    app.bucketSettings().ifPresent(_ -> suffixes.add(STORAGE));
    return suffixes;
  }

  /** Name of the Secret of a binding. */
  public static String secret(String app, String suffix) {
    return app + "-" + suffix;
  }

  /**
   * Name of the variable for one key of a binding: the documented one, or {@code <SUFFIX>_<KEY>}
   * for a key that has none.
   *
   * @param prefix the user's, may be empty
   */
  public static String variable(String prefix, String suffix, String key) {
    return prefix
        + documented(suffix)
            .filter(variable -> variable.secretKey().equals(key))
            .map(BindingVariable::name)
            .findFirst()
            .orElseGet(() -> upper(suffix) + "_" + upper(key));
  }

  /** Every documented variable of the bindings that a spec asks for. */
  static Stream<String> variables(String prefix, HighlyAvailableAppSpec spec) {
    List<BindingVariable> variables = new ArrayList<>();
    if (spec.database() != null && spec.database().rds() != null) {
      variables.addAll(BindingVariables.DATABASE);
    }
    if (spec.database() != null && spec.database().dynamoDb() != null) {
      variables.addAll(BindingVariables.TABLE);
    }
    if (spec.sessionStore() != null) {
      variables.addAll(BindingVariables.SESSION_STORE);
    }
    if (spec.storage() != null && spec.storage().s3() != null) {
      variables.addAll(BindingVariables.STORAGE);
    }
    return variables.stream().map(variable -> prefix + variable.name());
  }

  private static Stream<BindingVariable> documented(String suffix) {
    return switch (suffix) {
      case DATABASE ->
          Stream.of(BindingVariables.DATABASE, BindingVariables.TABLE).flatMap(List::stream);
      case SESSION_STORE -> BindingVariables.SESSION_STORE.stream();
      case STORAGE -> BindingVariables.STORAGE.stream();
      default -> Stream.empty();
    };
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
