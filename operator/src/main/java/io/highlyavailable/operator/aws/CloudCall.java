package io.highlyavailable.operator.aws;

import java.time.Duration;

/**
 * A call to AWS that ended: what it was, never what was in it.
 *
 * @param service IAM's prefix of the service, such as {@code rds}
 * @param title the service as the SDK calls it, such as {@code Rds}
 * @param operation the API operation, such as {@code CreateDBInstance}
 * @param region the region that was called; of global services, a name such as {@code aws-global}
 * @param code {@link CallListener#OK}, AWS's error code, or the simple name of a local exception
 * @param status of the HTTP answer; 0 when there was none
 * @param requestId by which AWS knows the call; empty when there was no answer
 * @param took from the request to its answer
 */
public record CloudCall(
    String service,
    String title,
    String operation,
    String region,
    String code,
    int status,
    String requestId,
    Duration took) {}
