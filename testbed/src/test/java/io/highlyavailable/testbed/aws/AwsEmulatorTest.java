package io.highlyavailable.testbed.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;

class AwsEmulatorTest extends EmulatorTest {

  private final S3Client s3 = client(S3Client.builder().forcePathStyle(true));
  private final IamClient iam = client(IamClient.builder());
  private final Ec2Client ec2 = client(Ec2Client.builder());

  @Test
  void numbersCallsInOrderWithServiceOperationResourceAndOutcome() {
    long mark = emulator().calls().mark();

    s3.createBucket(b -> b.bucket("photos"));
    s3.putBucketVersioning(
        b -> b.bucket("photos").versioningConfiguration(v -> v.status("Enabled")));
    ec2.describeVpcs();
    assertThatThrownBy(() -> iam.getRole(b -> b.roleName("none")))
        .isInstanceOf(AwsServiceException.class);

    var calls = emulator().calls().since(mark);
    assertThat(calls)
        .extracting(Call::service, Call::operation, Call::resource, Call::mutating, Call::status)
        .containsExactly(
            tuple("s3", "CreateBucket", "photos", true, 200),
            tuple("s3", "PutBucketVersioning", "photos", true, 200),
            tuple("ec2", "DescribeVpcs", "", false, 200),
            tuple("iam", "GetRole", "none", false, 404));
    assertThat(calls.get(3).error()).isEqualTo("NoSuchEntity");
    assertThat(calls).extracting(Call::index).isSorted().first().isEqualTo(mark);
    assertThat(emulator().calls().mutations(mark)).hasSize(2);
    assertThat(emulator().calls().count(mark, "s3", "CreateBucket")).isEqualTo(1);
  }

  @Test
  void tellsCallersApartByTheirAccessKey() {
    long mark = emulator().calls().mark();
    S3Client other =
        emulator().configure(S3Client.builder().forcePathStyle(true), "operator").build();

    other.listBuckets();
    s3.createBucket(b -> b.bucket("photos"));

    assertThat(emulator().calls().by("operator").since(mark))
        .singleElement()
        .extracting(Call::operation)
        .isEqualTo("ListBuckets");
    assertThat(emulator().calls().by("operator").mutations(mark)).isEmpty();
  }

  @Test
  void resetForgetsResourcesFaultsAndCallsButNumbersGoOn() {
    s3.createBucket(b -> b.bucket("photos"));
    emulator().faults().on("s3").always().throttle();
    long before = emulator().calls().mark();

    emulator().reset();

    assertThat(emulator().calls().since(0)).isEmpty();
    assertThat(s3.listBuckets().buckets()).isEmpty();
    assertThat(emulator().calls().since(0))
        .singleElement()
        .satisfies(call -> assertThat(call.index()).isGreaterThanOrEqualTo(before));
  }

  @Test
  void throttlesWithTheErrorOfEachService() {
    emulator().faults().onAny().always().throttle();

    assertThatThrownBy(s3::listBuckets)
        .isInstanceOfSatisfying(AwsServiceException.class, e -> assertCode(e, "SlowDown", 503));
    assertThatThrownBy(ec2::describeVpcs)
        .isInstanceOfSatisfying(
            AwsServiceException.class, e -> assertCode(e, "RequestLimitExceeded", 503));
    assertThatThrownBy(iam::listRoles)
        .isInstanceOfSatisfying(AwsServiceException.class, e -> assertCode(e, "Throttling", 400));
  }

  private static void assertCode(AwsServiceException e, String code, int status) {
    assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(e.statusCode()).isEqualTo(status);
    assertThat(e.isThrottlingException()).isTrue();
  }

  @Test
  void failsOnlyTheCallsThatARuleSelects() {
    Fault fault =
        emulator()
            .faults()
            .on("s3", "CreateBucket")
            .resource("^sh")
            .skip(1)
            .times(2)
            .error("AccessDenied", 403, "You may not.");

    Set<String> refused =
        Stream.of("shop-1", "other", "shop-2", "shop-3", "shop-4")
            .filter(name -> !creates(name))
            .collect(Collectors.toSet());

    assertThat(refused).containsExactlyInAnyOrder("shop-2", "shop-3");
    assertThat(fault.hits()).isEqualTo(2);
  }

  private boolean creates(String bucket) {
    try {
      s3.createBucket(b -> b.bucket(bucket));
      return true;
    } catch (AwsServiceException e) {
      assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("You may not.");
      return false;
    }
  }

  @Test
  void dropsAConnectionBeforeOrAfterTheCallTookEffect() {
    emulator().faults().on("s3", "CreateBucket").resource("lost").dropBefore();
    emulator().faults().on("s3", "CreateBucket").resource("made").dropAfter();

    assertThatThrownBy(() -> s3.createBucket(b -> b.bucket("lost")))
        .isInstanceOf(SdkClientException.class);
    assertThatThrownBy(() -> s3.createBucket(b -> b.bucket("made")))
        .isInstanceOf(SdkClientException.class);

    assertThat(s3.listBuckets().buckets()).extracting(b -> b.name()).containsExactly("made");
    assertThat(emulator().calls().since(0))
        .extracting(Call::fault)
        .containsExactly("drop_before", "drop_after", "");
  }

  @Test
  void refusesARuleWithAPatternThatDoesNotCompile() {
    assertThatThrownBy(() -> emulator().faults().on("s3", "(").throttle())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("regular expression");
  }

  @Test
  void answersWhatMotoLacksWithAnErrorThatNoSdkRetries() {
    assertThatThrownBy(() -> ec2.describeReservedInstancesListings())
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("MotoNotImplemented");
            });
  }

  @Test
  void twoEmulatorsRunSideBySide() {
    try (AwsEmulator second = startEmulator("aws-emulator-second.log")) {
      s3.createBucket(b -> b.bucket("photos"));
      S3Client elsewhere = second.configure(S3Client.builder().forcePathStyle(true)).build();

      assertThat(elsewhere.listBuckets().buckets()).isEmpty();
      assertThat(AwsEmulator.attach(second.endpoint()).calls().since(0)).hasSize(1);
    }
  }
}
