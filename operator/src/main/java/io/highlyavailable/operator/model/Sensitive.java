package io.highlyavailable.operator.model;

/**
 * Text that must not be shown: it prints as {@code ***} wherever it is logged or put in a message.
 *
 * @param value the secret itself
 */
public record Sensitive(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
