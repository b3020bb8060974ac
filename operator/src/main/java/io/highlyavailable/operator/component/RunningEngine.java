package io.highlyavailable.operator.component;

import java.util.Set;

/**
 * A resource that runs a database engine: what its parameter groups must fit, and which of them
 * cannot go yet.
 */
public interface RunningEngine extends CloudResource {
  /** Such as {@code postgres}. */
  String engine();

  /** The engine's full version, such as {@code 17.6}. */
  String version();

  /** Names of the DB parameter groups that it uses. */
  Set<String> parameterGroups();
}
