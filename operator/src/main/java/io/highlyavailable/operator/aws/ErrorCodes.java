package io.highlyavailable.operator.aws;

import io.highlyavailable.operator.component.CloudFailure.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which kind of failure a code of AWS's stands for. */
final class ErrorCodes {
  /** Exact codes; services disagree on the suffix {@code Fault}, which is cut before. */
  private static final Map<Kind, List<String>> CODES =
      Map.of(
          Kind.DENIED,
          List.of(
              "AccessDenied",
              "AccessDeniedException",
              "UnauthorizedOperation",
              "UnauthorizedAccess",
              "AuthFailure",
              "AuthorizationError",
              "AllAccessDisabled",
              "AccountProblem",
              "OptInRequired",
              "InvalidClientTokenId",
              "UnrecognizedClientException",
              "InvalidAccessKeyId",
              "SignatureDoesNotMatch",
              "ExpiredToken",
              "ExpiredTokenException",
              "TokenRefreshRequired",
              "MissingAuthenticationToken",
              "403"),
          Kind.THROTTLED,
          List.of(
              "Throttling",
              "ThrottlingException",
              "ThrottledException",
              "Throttled",
              "RequestLimitExceeded",
              "RequestThrottled",
              "RequestThrottledException",
              "TooManyRequestsException",
              "PriorRequestNotComplete",
              "SlowDown",
              "BandwidthLimitExceeded",
              "APICallRateForCustomerExceeded",
              "429"),
          Kind.EXISTS,
          List.of(
              "EntityAlreadyExists",
              "BucketAlreadyExists",
              "BucketAlreadyOwnedByYou",
              "InvalidGroup.Duplicate",
              // Another subnet has the same addresses.
              "InvalidSubnet.Conflict",
              // The same traffic of the same VPC goes to the same place.
              "FlowLogAlreadyExists",
              "InvalidPermission.Duplicate",
              "InvalidLaunchTemplateName.AlreadyExistsException",
              // Secrets Manager's.
              "ResourceExistsException",
              "DuplicateListener",
              "DuplicateLoadBalancerName",
              "DuplicateTargetGroupName"),
          Kind.NOT_FOUND,
          List.of(
              "NoSuchEntity", "NoSuchBucket", "NoSuchKey", "NotFound", "ResourceNotFound", "404"),
          Kind.CONFLICT,
          List.of(
              "DeleteConflict",
              "DependencyViolation",
              "InvalidGroup.InUse",
              "InvalidIPAddress.InUse",
              "Resource.AlreadyAssociated",
              "BackupInUseException",
              // Of a table that has just become active.
              "ContinuousBackupsUnavailableException",
              "ConcurrentModification",
              "ConcurrentModificationException",
              "OperationAborted",
              "BucketNotEmpty",
              "CacheSubnetGroupInUse",
              "ResourceInUse",
              "InstanceRefreshInProgress",
              "ResourceContention",
              "ScalingActivityInProgress",
              "ResourceInUseException",
              "TableInUseException",
              "IncorrectState",
              "EntityTemporarilyUnmodifiable",
              // Of a load balancer that was made just now.
              "WAFUnavailableEntityException",
              "409"),
          Kind.QUOTA,
          List.of(
              "LimitExceeded",
              "LimitExceededException",
              "ServiceQuotaExceededException",
              "TooManyBuckets",
              "TopicLimitExceeded",
              "SubscriptionLimitExceeded",
              "TooManyListeners",
              "TooManyLoadBalancers",
              "TooManyTargetGroups",
              "TooManyUniqueTargetGroupsPerLoadBalancer",
              "InsufficientDBInstanceCapacity",
              "InsufficientCacheClusterCapacity",
              "ClusterQuotaForCustomerExceeded",
              "NodeQuotaForClusterExceeded",
              "NodeQuotaForCustomerExceeded",
              "InsufficientInstanceCapacity"),
          Kind.INVALID,
          List.of(
              // Both are named by the spec.
              "CertificateNotFound", "WAFNonexistentItemException"),
          Kind.UNAVAILABLE,
          List.of(
              "InternalFailure",
              "InternalError",
              "InternalServiceError",
              "InternalServiceFault",
              "ServiceUnavailable",
              "Unavailable",
              "RequestTimeout",
              "RequestTimeTooSkewed",
              "RequestExpired"));

  /** What DynamoDB answers to a second change of a table's time to live. */
  static final String ONCE_AN_HOUR = "modified multiple times within a fixed interval";

  private ErrorCodes() {}

  /**
   * The kind of a service's error.
   *
   * @param rawCode the service's code
   * @param message its message, for codes that mean several things
   * @param status the HTTP status, for codes that nobody knows
   */
  static Kind kind(String rawCode, String message, int status) {
    String code = rawCode.replaceAll("Fault$", "");
    Optional<Kind> told = byMessage(code, message);
    if (told.isPresent()) {
      return told.get();
    }
    Optional<Kind> exact =
        CODES.entrySet().stream()
            .filter(entry -> entry.getValue().contains(code))
            .map(Map.Entry::getKey)
            .findFirst();
    if (exact.isPresent()) {
      return exact.get();
    }
    if (status >= 500) {
      return Kind.UNAVAILABLE;
    }
    // RDS has a code a noun; what happened to the noun is at the end of the code.
    if (code.endsWith("AlreadyExists") || code.endsWith("AlreadyExistsException")) {
      return Kind.EXISTS;
    }
    if (code.matches("(.*NotFound(Exception)?)|(NoSuch.*)")) {
      return Kind.NOT_FOUND;
    }
    if (code.matches("Invalid.*State(Exception)?") || code.endsWith("Conflict")) {
      return Kind.CONFLICT;
    }
    if (code.matches(".*(QuotaExceeded|LimitExceeded)(Exception)?")) {
      return Kind.QUOTA;
    }
    return message.contains("Rate exceeded") ? Kind.THROTTLED : Kind.INVALID;
  }

  /** DynamoDB and EKS have codes that mean different things, which only messages tell apart. */
  private static Optional<Kind> byMessage(String code, String message) {
    if (code.equals("ResourceInUseException")
        && message.matches(".*already (exists|in use on).*")) {
      return Optional.of(Kind.EXISTS);
    }
    if (code.equals("LimitExceededException") && message.contains("simultaneous")) {
      return Optional.of(Kind.THROTTLED);
    }
    return code.equals("ValidationException") && message.contains(ONCE_AN_HOUR)
        ? Optional.of(Kind.CONFLICT)
        : Optional.empty();
  }
}
