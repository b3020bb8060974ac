package io.highlyavailable.operator.aws;

import java.time.Duration;

/**
 * Told of every call to AWS, for metrics. Called on the calling thread; must not block or throw.
 */
@FunctionalInterface
public interface CallListener {
  /** Nobody listens. */
  CallListener NONE = (service, operation, code, took) -> {};

  /** The code of a call that succeeded. */
  String OK = "OK";

  /**
   * A call ended.
   *
   * @param service IAM's prefix of the service, such as {@code rds}
   * @param operation the API operation, such as {@code CreateDBInstance}
   * @param code {@link #OK}, AWS's error code, or the simple name of a local exception
   * @param took from the request to its answer
   */
  void called(String service, String operation, String code, Duration took);
}
