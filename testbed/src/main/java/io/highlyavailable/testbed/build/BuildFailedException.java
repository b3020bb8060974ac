package io.highlyavailable.testbed.build;

/**
 * A program of the platform could not be built; the message says which, why, and where the log is.
 */
public final class BuildFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With everything that a reader needs in the message. */
  public BuildFailedException(String message) {
    super(message);
  }

  /** With the failure behind it. */
  public BuildFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
