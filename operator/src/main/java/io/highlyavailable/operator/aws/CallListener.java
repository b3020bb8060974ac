package io.highlyavailable.operator.aws;

/**
 * Told of every call to AWS, for metrics and traces. Called on the calling thread; must not block
 * or throw.
 */
@FunctionalInterface
public interface CallListener {
  /** Nobody listens. */
  CallListener NONE = call -> {};

  /** The code of a call that succeeded. */
  String OK = "OK";

  /** A call ended. */
  void called(CloudCall call);

  /** Tells another listener too. */
  default CallListener and(CallListener other) {
    return call -> {
      called(call);
      other.called(call);
    };
  }
}
