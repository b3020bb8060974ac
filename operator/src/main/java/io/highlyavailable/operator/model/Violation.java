package io.highlyavailable.operator.model;

/**
 * One thing in a spec that cannot work, found by the operator because the API server's rules cannot
 * express it.
 *
 * @param field where it is, such as {@code spec.env[2].name}
 * @param message what to write instead, in one line
 */
public record Violation(String field, String message) {
  @Override
  public String toString() {
    return field + ": " + message;
  }
}
