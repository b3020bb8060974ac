package io.highlyavailable.operator.component.bucket;

import io.highlyavailable.operator.component.PolicyDocument.Statement;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The load balancer's logs in the app's bucket.
 *
 * @param days for how many days they are kept
 * @param accountId the account whose load balancer writes them
 */
public record AccessLogs(int days, String accountId) {
  /** What their keys begin with. */
  public static final String PREFIX = "load-balancer-logs";

  private static final String SID = "LoadBalancerLogs";

  /** Those that the spec asks for. */
  static Optional<AccessLogs> of(App app, Upstream.Settings settings) {
    return app.accessLogDays().map(days -> new AccessLogs(days, settings.accountId()));
  }

  /**
   * Lets Elastic Load Balancing write the account's logs, as "Enable access logs for your
   * Application Load Balancer" has it.
   *
   * @param bucket the bucket's ARN
   */
  Statement statement(String bucket) {
    return new Statement(
        SID,
        "Allow",
        Map.of("Service", "logdelivery.elasticloadbalancing.amazonaws.com"),
        List.of("s3:PutObject"),
        List.of("%s/%s/AWSLogs/%s/*".formatted(bucket, PREFIX, accountId)),
        Map.of());
  }

  /** Whether a bucket takes them. */
  public static boolean taken(Bucket bucket) {
    return bucket.settings().policy().contains("\"" + SID + "\"");
  }
}
