package io.highlyavailable.operator.component.bucket;

/** Lifecycle rules as lines, so that what is wanted and what is compare as text. */
final class LifecycleLine {
  private LifecycleLine() {}

  static String expireNoncurrent(int days) {
    return "delete overwritten objects after " + days + " days";
  }

  static String abortUploads(int days) {
    return "give up unfinished uploads after " + days + " days";
  }

  static String expireLogs(int days) {
    return "delete the load balancer's logs after " + days + " days";
  }

  /** A rule that is not one of ours. */
  static String other(String id) {
    return "other rule " + id;
  }
}
