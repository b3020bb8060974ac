package io.highlyavailable.operator.aws;

/**
 * Rides along an SDK exception as a suppressed one, to say which call failed: the SDK's own
 * exceptions name the service only.
 */
final class FailedCall extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String service;
  private final String operation;

  FailedCall(String service, String operation) {
    super(service + ":" + operation, null, false, false);
    this.service = service;
    this.operation = operation;
  }

  /** IAM's prefix of the service, such as {@code rds}. */
  String service() {
    return service;
  }

  /** The API operation, such as {@code CreateDBInstance}. */
  String operation() {
    return operation;
  }
}
