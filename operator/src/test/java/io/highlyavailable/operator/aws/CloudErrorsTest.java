package io.highlyavailable.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailure.Kind;
import io.highlyavailable.operator.component.CloudFailureException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class CloudErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "AccessDenied, 403, DENIED",
    "UnauthorizedOperation, 403, DENIED",
    "ExpiredToken, 400, DENIED",
    "Throttling, 400, THROTTLED",
    "RequestLimitExceeded, 503, THROTTLED",
    "SlowDown, 503, THROTTLED",
    "InstanceQuotaExceeded, 400, QUOTA",
    "StorageQuotaExceededFault, 400, QUOTA",
    "SecurityGroupLimitExceeded, 400, QUOTA",
    "InsufficientDBInstanceCapacity, 400, QUOTA",
    "InsufficientCacheClusterCapacity, 400, QUOTA",
    "NodeQuotaForCustomerExceeded, 400, QUOTA",
    "ClusterQuotaForCustomerExceeded, 400, QUOTA",
    "CacheSubnetGroupQuotaExceeded, 400, QUOTA",
    "APICallRateForCustomerExceeded, 400, THROTTLED",
    "CacheSubnetGroupInUse, 400, CONFLICT",
    "InvalidReplicationGroupState, 400, CONFLICT",
    "InvalidCacheClusterState, 400, CONFLICT",
    "ReplicationGroupNotFoundFault, 404, NOT_FOUND",
    "CacheClusterNotFound, 404, NOT_FOUND",
    "ReplicationGroupAlreadyExists, 400, EXISTS",
    "CacheClusterAlreadyExists, 400, EXISTS",
    "DBInstanceAlreadyExists, 400, EXISTS",
    "DBSnapshotAlreadyExistsFault, 400, EXISTS",
    "EntityAlreadyExists, 409, EXISTS",
    "BucketAlreadyOwnedByYou, 409, EXISTS",
    "InvalidGroup.Duplicate, 400, EXISTS",
    "DBInstanceNotFound, 404, NOT_FOUND",
    "DBSubnetGroupNotFoundFault, 404, NOT_FOUND",
    "InvalidGroup.NotFound, 400, NOT_FOUND",
    "NoSuchBucket, 404, NOT_FOUND",
    "NoSuchBucketPolicy, 404, NOT_FOUND",
    "InvalidDBInstanceState, 400, CONFLICT",
    "InvalidDBSubnetGroupStateFault, 400, CONFLICT",
    "DependencyViolation, 400, CONFLICT",
    "DeleteConflict, 409, CONFLICT",
    "ResourceInUseException, 400, CONFLICT",
    "TableInUseException, 400, CONFLICT",
    "BackupInUseException, 400, CONFLICT",
    "ContinuousBackupsUnavailableException, 400, CONFLICT",
    "TableNotFoundException, 400, NOT_FOUND",
    "ResourceNotFoundException, 400, NOT_FOUND",
    "LimitExceededException, 400, QUOTA",
    "DuplicateLoadBalancerName, 400, EXISTS",
    "DuplicateTargetGroupName, 400, EXISTS",
    "DuplicateListener, 400, EXISTS",
    "TooManyLoadBalancers, 400, QUOTA",
    "TooManyTargetGroups, 400, QUOTA",
    "LoadBalancerNotFound, 400, NOT_FOUND",
    "CertificateNotFound, 400, INVALID",
    "WAFNonexistentItemException, 400, INVALID",
    "WAFUnavailableEntityException, 400, CONFLICT",
    "ResourceInUse, 400, CONFLICT",
    "ValidationException, 400, INVALID",
    "InvalidParameterValue, 400, INVALID",
    "ValidationError, 400, INVALID",
    "InternalFailure, 500, UNAVAILABLE",
    "SomethingNew, 503, UNAVAILABLE",
    "SomethingNew, 400, INVALID",
  })
  void classifiesWhatAwsSays(String code, int status, Kind kind) {
    assertThat(CloudErrors.classify(service(code, status, "why")).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ResourceInUseException | Table already exists: ha-shop | EXISTS",
        "ResourceInUseException | Table is being deleted: ha-shop | CONFLICT",
        "LimitExceededException | Subscriber limit exceeded: too many simultaneous creates | THROTTLED",
        "LimitExceededException | Subscriber limit exceeded: 2500 tables | QUOTA",
        "ValidationException | Time to live has been modified multiple times within a fixed interval |"
            + " CONFLICT",
      })
  void tellsApartByTheMessageWhatDynamoDbCallsTheSame(String code, String message, Kind kind) {
    assertThat(CloudErrors.classify(service(code, 400, message)).kind()).isEqualTo(kind);
  }

  @Test
  void saysThatTimeToLiveIsChangedOnceAnHour() {
    var refused =
        service(
            "ValidationException",
            400,
            "Time to live has been modified multiple times within a fixed interval");
    assertThat(CloudErrors.classify(refused).nextStep()).contains("once an hour");
  }

  @Test
  void onlyServerErrorsAreAmbiguousAmongAnswers() {
    assertThat(CloudErrors.classify(service("InternalFailure", 500, "")).ambiguous()).isTrue();
    assertThat(CloudErrors.classify(service("Throttling", 400, "")).ambiguous()).isFalse();
  }

  @Test
  void aRefusedConnectionIsUnavailableAndNotAmbiguous() {
    CloudFailure failure =
        CloudErrors.classify(
            failed(SdkClientException.create("x", new ConnectException("Connection refused"))));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure.ambiguous()).isFalse();
    assertThat(failure.nextStep()).contains("endpoint of rds");
  }

  @Test
  void aLostAnswerIsAmbiguous() {
    CloudFailure failure =
        CloudErrors.classify(
            failed(SdkClientException.create("x", new SocketTimeoutException("Read timed out"))));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure.ambiguous()).isTrue();
  }

  @Test
  void namesTheMissingActionThatAwsNames() {
    CloudFailure failure =
        CloudErrors.classify(
            service(
                "AccessDenied",
                403,
                "User: arn:aws:sts::1:assumed-role/op/1763871 is not authorized to perform: "
                    + "rds:AddTagsToResource on resource: *"));
    assertThat(failure.nextStep()).endsWith("rds:AddTagsToResource");
    assertThat(failure.message()).contains("assumed-role/op is not").doesNotContain("1763871");
  }

  @Test
  void namesTheOperationAsTheMissingActionOtherwise() {
    assertThat(CloudErrors.classify(service("AccessDenied", 403, "no")).nextStep())
        .endsWith("rds:CreateDBInstance");
  }

  @Test
  void theSameFailureHasTheSameMessage() {
    String first = "boom (Service: Rds, Status Code: 400, Request ID: 1-a) (SDK Attempt Count: 1)";
    String second =
        "boom\n(Service: Rds, Status Code: 400, Request ID: 2-b) (SDK Attempt Count: 4)";
    assertThat(CloudErrors.classify(service("X", 400, first)))
        .isEqualTo(CloudErrors.classify(service("X", 400, second)));
  }

  @Test
  void passesOnWhatAnAdapterFoundItself() {
    CloudFailure found = new CloudFailure(Kind.EXISTS, "s3:CreateBucket", "Taken", "m", "n", false);
    assertThat(CloudErrors.classify(new CompletionException(new CloudFailureException(found))))
        .isEqualTo(found);
  }

  @Test
  void anythingElseIsTheOperatorsOwnFault() {
    assertThat(CloudErrors.classify(new IllegalStateException("x")).nextStep())
        .contains("fault of the operator");
  }

  private static Throwable service(String code, int status, String message) {
    return failed(
        AwsServiceException.builder()
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .build());
  }

  private static Throwable failed(Throwable failure) {
    failure.addSuppressed(new FailedCall("rds", "CreateDBInstance"));
    return failure;
  }
}
