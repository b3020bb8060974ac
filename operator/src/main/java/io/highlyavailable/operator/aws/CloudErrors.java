package io.highlyavailable.operator.aws;

import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailure.Kind;
import io.highlyavailable.operator.component.CloudFailureException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The one place that knows what AWS's errors mean. */
public final class CloudErrors {
  /** AWS says which action it missed, and that is the one to allow, not the operation's name. */
  private static final Pattern MISSING_ACTION =
      Pattern.compile("not authorized to perform: ([A-Za-z0-9-]+:[A-Za-z0-9]+)");

  /** Operations whose permission is called otherwise. */
  private static final Map<String, String> ACTION_OF_OPERATION =
      Map.ofEntries(
          Map.entry("s3:HeadBucket", "s3:ListBucket"),
          Map.entry("s3:ListBuckets", "s3:ListAllMyBuckets"),
          Map.entry("s3:PutPublicAccessBlock", "s3:PutBucketPublicAccessBlock"),
          Map.entry("s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"),
          Map.entry("s3:PutBucketEncryption", "s3:PutEncryptionConfiguration"),
          Map.entry("s3:GetBucketEncryption", "s3:GetEncryptionConfiguration"),
          Map.entry("s3:PutBucketLifecycleConfiguration", "s3:PutLifecycleConfiguration"),
          Map.entry("s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"),
          Map.entry("s3:DeleteObjects", "s3:DeleteObjectVersion"),
          Map.entry("s3:ListObjectVersions", "s3:ListBucketVersions"),
          Map.entry("s3:GetBucketCors", "s3:GetBucketCORS"),
          Map.entry("s3:PutBucketCors", "s3:PutBucketCORS"),
          Map.entry("s3:DeleteBucketCors", "s3:PutBucketCORS"),
          Map.entry("s3:GetBucketReplication", "s3:GetReplicationConfiguration"),
          Map.entry("s3:PutBucketReplication", "s3:PutReplicationConfiguration"),
          Map.entry("s3:DeleteBucketReplication", "s3:PutReplicationConfiguration"));

  private static final int LONGEST_MESSAGE = 1000;

  private CloudErrors() {}

  /** Classifies whatever an adapter threw. Never throws itself. */
  public static CloudFailure classify(Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    return switch (cause) {
      case CloudFailureException e -> e.failure();
      case AwsServiceException e -> ofService(e);
      case SdkClientException e -> ofClient(e);
      default ->
          new CloudFailure(
              Kind.UNAVAILABLE,
              operation(cause),
              cause.getClass().getSimpleName(),
              stable(String.valueOf(cause.getMessage())),
              "report this as a fault of the operator, with its log",
              true);
    };
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof java.util.concurrent.ExecutionException
            || cause instanceof java.util.concurrent.CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static CloudFailure ofService(AwsServiceException e) {
    var details = e.awsErrorDetails();
    String code =
        details == null || details.errorCode() == null
            ? String.valueOf(e.statusCode())
            : details.errorCode();
    String message =
        details == null || details.errorMessage() == null ? "" : stable(details.errorMessage());
    Kind kind = ErrorCodes.kind(code, message, e.statusCode());
    String operation = operation(e);
    boolean ambiguous = kind == Kind.UNAVAILABLE;
    return new CloudFailure(
        kind, operation, code, message, nextStep(kind, operation, message), ambiguous);
  }

  private static CloudFailure ofClient(SdkClientException e) {
    String message = stable(String.valueOf(e.getMessage()));
    String operation = operation(e);
    String code = rootOf(e).getClass().getSimpleName();
    if (message.contains("credentials")) {
      return new CloudFailure(
          Kind.DENIED,
          operation,
          "NoCredentials",
          message,
          "give the operator AWS credentials: IRSA, Pod Identity or environment variables",
          false);
    }
    return new CloudFailure(
        Kind.UNAVAILABLE, operation, code, message, unreachable(operation), !neverSent(e));
  }

  /** Nothing left this machine, so nothing was done. */
  private static boolean neverSent(Throwable e) {
    Throwable root = rootOf(e);
    return root instanceof ConnectException
        || root instanceof UnknownHostException
        || root.getClass()
            .getSimpleName()
            .matches("ConnectTimeoutException|HttpHostConnectException")
        || String.valueOf(root.getMessage()).contains("pool");
  }

  private static Throwable rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static String nextStep(Kind kind, String operation, String message) {
    return switch (kind) {
      case DENIED ->
          "allow the operator's IAM role the action " + missingAction(operation, message);
      case QUOTA -> "raise the service quota or free what is not used, in the app's region";
      case INVALID -> "change what the message names in the spec or the operator's configuration";
      case EXISTS -> "rename or remove what has the name, unless it is the app's own";
      case CONFLICT ->
          message.contains(ErrorCodes.ONCE_AN_HOUR)
              ? "wait: DynamoDB changes a table's time to live once an hour; it is tried until then"
              : "";
      case THROTTLED, NOT_FOUND, UNAVAILABLE -> "";
    };
  }

  private static String missingAction(String operation, String message) {
    Matcher named = MISSING_ACTION.matcher(message);
    return named.find() ? named.group(1) : iamAction(operation);
  }

  /**
   * The IAM action that allows an operation.
   *
   * @param operation such as {@code s3:HeadBucket}
   */
  public static String iamAction(String operation) {
    return ACTION_OF_OPERATION.getOrDefault(operation, operation);
  }

  private static String unreachable(String operation) {
    String service = operation.contains(":") ? operation.substring(0, operation.indexOf(':')) : "";
    return service.isEmpty() ? "" : "check that the operator can reach the endpoint of " + service;
  }

  private static String operation(Throwable e) {
    return Arrays.stream(e.getSuppressed())
        .filter(FailedCall.class::isInstance)
        .map(FailedCall.class::cast)
        .map(call -> call.service() + ":" + call.operation())
        .findFirst()
        .orElse("");
  }

  /** The same text for the same failure: a message that changes would rewrite every status. */
  private static String stable(String raw) {
    String text =
        raw.replaceAll("\\s+", " ")
            .replaceAll("\\(SDK Attempt Count: \\d+\\)", "")
            .replaceAll("\\(Service: [^)]*\\)", "")
            .replaceAll("(?i),? ?\\(?\\b(extended )?request ?id: [^\\s,)]+\\)?", "")
            .replaceAll("Encoded authorization failure message: \\S+", "")
            .replaceAll("(:assumed-role/[^/\\s]+)/\\S+", "$1")
            .replaceAll("\\b\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z?", "(time)")
            .replaceAll("\\b\\d{8}T\\d{6}Z", "(time)")
            .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "(id)")
            .replaceAll(" \\[[^]]*/[0-9.]+\\]", "")
            .replaceAll(" {2,}", " ")
            .strip();
    return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text;
  }
}
