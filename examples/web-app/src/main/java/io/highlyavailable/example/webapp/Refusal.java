package io.highlyavailable.example.webapp;

/** A request that cannot be served as it is, through the fault of whoever sent it. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status HTTP's, 4xx
   * @param message for whoever sent it
   */
  Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  Reply reply() {
    return Reply.text(status, String.valueOf(getMessage()));
  }
}
