package io.highlyavailable.operator.component;

/**
 * Why a cloud call failed, in words that stay the same from one attempt to the next: no request
 * ids, no times.
 *
 * @param kind what kind of failure it is, whatever the service calls it
 * @param operation the call, such as {@code rds:CreateDBInstance}; empty when unknown
 * @param code the provider's error code
 * @param message the provider's message, on one line
 * @param nextStep what a person should do; empty when waiting is enough
 * @param ambiguous whether the call may have taken effect all the same
 */
public record CloudFailure(
    Kind kind, String operation, String code, String message, String nextStep, boolean ambiguous) {

  /** What kind of failure it is. */
  public enum Kind {
    /** The caller may not do this. */
    DENIED,
    /** Too many calls; later ones will succeed. */
    THROTTLED,
    /** An account limit is reached. */
    QUOTA,
    /** The request can never succeed as it is. */
    INVALID,
    /** The resource is in a state that does not allow it now. */
    CONFLICT,
    /** Something of that name exists already. */
    EXISTS,
    /** The resource is not there. */
    NOT_FOUND,
    /** The service did not answer, or answered that it failed. */
    UNAVAILABLE
  }

  /** Whether time alone is expected to heal it. */
  public boolean passing() {
    return switch (kind) {
      case THROTTLED, CONFLICT, UNAVAILABLE -> true;
      case DENIED, QUOTA, INVALID, EXISTS, NOT_FOUND -> false;
    };
  }

  /** Operation, code and message in one line. */
  public String line() {
    return operation.isEmpty() ? code + ": " + message : operation + ": " + code + ": " + message;
  }
}
