package io.highlyavailable.operator.component;

/** Whether a resource does its job. Messages are one line and stable. */
public sealed interface Readiness {
  /** It does. */
  record Ready() implements Readiness {}

  /**
   * It will, if nothing goes wrong.
   *
   * @param reason what is going on
   */
  record Progressing(String reason) implements Readiness {}

  /**
   * It will not without help.
   *
   * @param reason what is wrong
   * @param nextStep what a person should do
   */
  record Failed(String reason, String nextStep) implements Readiness {}
}
