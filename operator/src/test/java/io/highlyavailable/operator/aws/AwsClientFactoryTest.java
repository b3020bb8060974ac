package io.highlyavailable.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailure.Kind;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

@WithTestbed
class AwsClientFactoryTest {
  private final String caller = "caller-" + UUID.randomUUID();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<CloudCall> calls = new CopyOnWriteArrayList<>();
  private AwsEmulator emulator;
  private AwsClientFactory factory;
  private AwsClients clients;

  @BeforeEach
  void setUp(AwsEmulator emulator) {
    this.emulator = emulator;
    factory = factory(emulator.endpoint());
    clients = factory.create("us-east-1");
  }

  private AwsClientFactory factory(URI endpoint) {
    CallListener listener =
        call -> {
          calls.add(call);
          heard.add(call.service() + ":" + call.operation() + " " + call.code());
        };
    return new AwsClientFactory(
        new AwsClientFactory.Options(endpoint, "/p/", "1", listener),
        StaticCredentialsProvider.create(AwsBasicCredentials.create(caller, "secret")));
  }

  @AfterEach
  void tearDown() {
    emulator.faults().clear();
    factory.close();
  }

  @Test
  void knowsWhoIsCalling() {
    assertThat(CallerIdentity.ask(clients.sts()))
        .extracting(CallerIdentity::accountId, CallerIdentity::partition)
        .containsExactly(AwsEmulator.ACCOUNT, "aws");
  }

  @Test
  void neverRetries() {
    long mark = emulator.calls().mark();
    emulator.faults().on("rds", "DescribeDBInstances").caller(caller).always().throttle();
    Throwable thrown = catchThrowable(() -> clients.rds().describeDBInstances());
    CloudFailure failure = CloudErrors.classify(thrown);
    assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
    assertThat(failure.operation()).isEqualTo("rds:DescribeDBInstances");
    assertThat(emulator.calls().by(caller).since(mark)).hasSize(1);
  }

  @Test
  void tellsTheListenerOfEveryCallOnce() {
    clients.sts().getCallerIdentity();
    catchThrowable(() -> clients.s3().headBucket(request -> request.bucket("not-there-at-all")));
    catchThrowable(() -> clients.iam().getRole(request -> request.roleName("nobody")));
    clients.tagging().getResources();
    assertThat(heard)
        .containsExactly(
            "sts:GetCallerIdentity OK",
            "s3:HeadBucket 404",
            "iam:GetRole NoSuchEntity",
            "tag:GetResources OK");
  }

  @Test
  void tellsWhereACallWentAndWhatCameBack() {
    clients.rds().describeDBInstances();
    catchThrowable(() -> clients.iam().getRole(request -> request.roleName("nobody")));
    emulator.faults().on("sts", "GetCallerIdentity").caller(caller).dropAfter();
    catchThrowable(() -> clients.sts().getCallerIdentity());

    assertThat(calls)
        .extracting(CloudCall::title, CloudCall::region, CloudCall::status)
        .containsExactly(
            tuple("Rds", "us-east-1", 200),
            tuple("Iam", "aws-global", 404),
            tuple("Sts", "us-east-1", 0));
    assertThat(calls).extracting(CloudCall::requestId).last().isEqualTo("");
    assertThat(calls.getFirst().requestId()).isNotEmpty();
  }

  @Test
  void aLostAnswerIsAmbiguous() {
    emulator.faults().on("sts", "GetCallerIdentity").caller(caller).dropAfter();
    CloudFailure failure =
        CloudErrors.classify(catchThrowable(() -> clients.sts().getCallerIdentity()));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure.ambiguous()).isTrue();
    assertThat(failure.operation()).isEqualTo("sts:GetCallerIdentity");
  }

  @Test
  void anEndpointThatNobodyServesIsUnavailableAndNotAmbiguous() {
    try (AwsClientFactory nowhere = factory(URI.create("http://127.0.0.1:1"))) {
      Throwable thrown =
          catchThrowable(() -> nowhere.create("us-east-1").rds().describeDBInstances());
      CloudFailure failure = CloudErrors.classify(thrown);
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure.ambiguous()).isFalse();
      assertThat(failure.nextStep()).contains("rds");
    }
  }

  @Test
  void aDenialNamesTheActionToAllow() {
    emulator
        .faults()
        .on("rds", "DescribeDBInstances")
        .caller(caller)
        .error("AccessDenied", 403, "no");
    CloudFailure failure =
        CloudErrors.classify(catchThrowable(() -> clients.rds().describeDBInstances()));
    assertThat(failure.kind()).isEqualTo(Kind.DENIED);
    assertThat(failure.nextStep()).endsWith("rds:DescribeDBInstances");
  }
}
