package io.highlyavailable.operator.aws;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;

/** Counts calls, and writes on each failure which call it was. */
final class CallInterceptor implements ExecutionInterceptor {
  private static final ExecutionAttribute<Long> STARTED =
      new ExecutionAttribute<>("HighlyAvailableAppCallStarted");

  /** What the SDK says where an answer has no request id. */
  private static final String UNKNOWN = "UNKNOWN";

  /** Where the SDK's service id is not the prefix that IAM uses for its actions. */
  private static final Map<String, String> IAM_PREFIXES =
      Map.of(
          "cloudwatch logs", "logs",
          "cloudwatchlogs", "logs",
          "resource groups tagging api", "tag",
          "resourcegroupstaggingapi", "tag",
          "elastic load balancing v2", "elasticloadbalancing",
          "elasticloadbalancingv2", "elasticloadbalancing");

  private final CallListener listener;

  CallInterceptor(CallListener listener) {
    this.listener = listener;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    attributes.putAttribute(STARTED, System.nanoTime());
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    SdkHttpResponse answer = context.httpResponse();
    String id =
        context.response() instanceof AwsResponse response
            ? response.responseMetadata().requestId()
            : "";
    tell(attributes, CallListener.OK, answer.statusCode(), id);
  }

  @Override
  public Throwable modifyException(
      Context.FailedExecution context, ExecutionAttributes attributes) {
    Throwable failure = context.exception();
    failure.addSuppressed(new FailedCall(service(attributes), operation(attributes)));
    if (failure instanceof AwsServiceException e) {
      tell(attributes, code(failure), e.statusCode(), e.requestId());
    } else {
      tell(attributes, code(failure), 0, "");
    }
    return failure;
  }

  private void tell(
      ExecutionAttributes attributes, String code, int status, @Nullable String requestId) {
    Region region = attributes.getAttribute(AwsExecutionAttribute.AWS_REGION);
    listener.called(
        new CloudCall(
            service(attributes),
            attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
            operation(attributes),
            region == null ? "" : region.id(),
            code,
            status,
            requestId == null || requestId.equals(UNKNOWN) ? "" : requestId,
            took(attributes)));
  }

  /** An answer without a body, as to a HEAD request, has a status only. */
  private static String code(Throwable failure) {
    if (!(failure instanceof AwsServiceException e)) {
      return failure.getClass().getSimpleName();
    }
    var details = e.awsErrorDetails();
    return details == null || details.errorCode() == null
        ? String.valueOf(e.statusCode())
        : details.errorCode();
  }

  private static String service(ExecutionAttributes attributes) {
    String id =
        attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME).toLowerCase(Locale.ROOT);
    return IAM_PREFIXES.getOrDefault(id, id);
  }

  private static String operation(ExecutionAttributes attributes) {
    return attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
  }

  private static Duration took(ExecutionAttributes attributes) {
    return Duration.ofNanos(System.nanoTime() - attributes.getAttribute(STARTED));
  }
}
