package io.highlyavailable.operator.component.balancer;

import io.highlyavailable.operator.component.bucket.AccessLogs;
import java.util.Map;
import java.util.Objects;

/** Where a load balancer writes a log of each request. */
public sealed interface LogTarget {
  /** The attribute that says whether it does. */
  String ENABLED = "access_logs.s3.enabled";

  /** The attribute that says where. */
  String BUCKET = "access_logs.s3.bucket";

  /** Attributes that are not as they should be, with the values that they should have. */
  Map<String, String> wanted(Map<String, String> actual);

  /**
   * Into the app's bucket.
   *
   * @param bucket its name
   */
  record Into(String bucket) implements LogTarget {
    @Override
    public Map<String, String> wanted(Map<String, String> actual) {
      return Map.of(ENABLED, "true", BUCKET, bucket, "access_logs.s3.prefix", AccessLogs.PREFIX);
    }
  }

  /**
   * Not into the app's bucket; an administrator may have others.
   *
   * @param bucket the name that the app's bucket has or had
   */
  record NotInto(String bucket) implements LogTarget {
    @Override
    public Map<String, String> wanted(Map<String, String> actual) {
      return Objects.equals(actual.get(BUCKET), bucket) && "true".equals(actual.get(ENABLED))
          ? Map.of(ENABLED, "false")
          : Map.of();
    }
  }

  /** The bucket does not take them yet. */
  record Undecided() implements LogTarget {
    @Override
    public Map<String, String> wanted(Map<String, String> actual) {
      return Map.of();
    }
  }
}
