package io.highlyavailable.operator.component;

/** Thrown by an adapter that finds, before or instead of a call, that an action cannot be done. */
public final class CloudFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient CloudFailure failure;

  /**
   * @param failure what was found
   */
  public CloudFailureException(CloudFailure failure) {
    super(failure.line());
    this.failure = failure;
  }

  /** What was found. */
  public CloudFailure failure() {
    return failure;
  }
}
