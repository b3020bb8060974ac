package io.highlyavailable.operator.component.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.aws.CloudErrors;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.role.ReplicationRoleModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BucketSettings;
import io.highlyavailable.operator.model.CorsRule;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;

class BucketAdapterTest extends AdapterContract<BucketDesired, Bucket> {
  BucketAdapterTest() {
    super(new BucketModule(), List.of(new ReplicationRoleModule(), new ReplicaModule()));
  }

  @Override
  protected App sample() {
    App app =
        SampleApp.unique()
            .instances()
            .recovery(new Recovery(KnownUpstream.RECOVERY_REGION, true, true, true))
            .bucket(
                new BucketSettings(
                    true,
                    90,
                    List.of(
                        new CorsRule(
                            List.of("https://*.example.com"),
                            List.of("GET", "PUT"),
                            List.of("*"),
                            List.of("ETag"),
                            Duration.ofMinutes(10)),
                        new CorsRule(List.of("*"), List.of("GET"), List.of(), List.of(), null)),
                    DeletionPolicy.SNAPSHOT))
            .build();
    return setting("exposure", "accessLogDays", 90).apply(app);
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of(
        "expireNoncurrentDays", setting("bucket", "expireNoncurrentDays", 30),
        "cors", setting("bucket", "cors", List.of()),
        "accessLogs", setting("exposure", "accessLogDays", 30),
        "storageReplication", setting("recovery", "storageReplication", false),
        "deletionPolicy", setting("bucket", "deletionPolicy", DeletionPolicy.RETAIN));
  }

  @Override
  protected Map<String, Consumer<Bucket>> drifts() {
    var s3 = world.clients("somebody", CallListener.NONE).s3();
    return Map.of(
        "cors",
        bucket -> s3.deleteBucketCors(request -> request.bucket(bucket.name())),
        "replication",
        bucket -> s3.deleteBucketReplication(request -> request.bucket(bucket.name())),
        "encryption",
        bucket ->
            s3.putBucketEncryption(
                request ->
                    request
                        .bucket(bucket.name())
                        .serverSideEncryptionConfiguration(
                            config ->
                                config.rules(
                                    rule ->
                                        rule.applyServerSideEncryptionByDefault(
                                            by -> by.sseAlgorithm("aws:kms"))))),
        "publicAccessBlocked",
        bucket -> s3.deletePublicAccessBlock(request -> request.bucket(bucket.name())),
        "ownership",
        bucket ->
            s3.putBucketOwnershipControls(
                request ->
                    request
                        .bucket(bucket.name())
                        .ownershipControls(
                            all ->
                                all.rules(
                                    rule -> rule.objectOwnership(ObjectOwnership.OBJECT_WRITER)))),
        "policy",
        bucket -> s3.deleteBucketPolicy(request -> request.bucket(bucket.name())),
        "lifecycle",
        bucket -> s3.deleteBucketLifecycle(request -> request.bucket(bucket.name())));
  }

  private static App plain(App app) {
    return SampleApp.named(app.identity().name()).build();
  }

  @Test
  void stopsCopyingAndLoggingAndForgetsOriginsWhenNoneIsAskedFor() {
    create();
    desired =
        ((Desired.Known<BucketDesired>)
                component.desired(plain(app), new KnownUpstream(world.settings())))
            .state();
    Bucket copying = observed().orElseThrow();
    List<Difference> changes = component.differences(desired, copying);
    assertThat(changes)
        .extracting(Difference::field)
        .containsExactly("replication", "policy", "lifecycle", "cors");
    adapter.update(copying, desired, changes);
    assertThat(observed().orElseThrow().settings()).isEqualTo(desired.settings());
  }

  @Test
  void takesARuleThatLeavesDeletionsOutForDrift() {
    create();
    var s3 = world.clients("somebody", CallListener.NONE).s3();
    var found = s3.getBucketReplication(r -> r.bucket(name())).replicationConfiguration();
    s3.putBucketReplication(
        r ->
            r.bucket(name())
                .replicationConfiguration(
                    c ->
                        c.role(found.role())
                            .rules(
                                found.rules().getFirst().toBuilder()
                                    .deleteMarkerReplication(d -> d.status("Disabled"))
                                    .build())));
    assertThat(component.differences(desired, observed().orElseThrow()))
        .extracting(Difference::field)
        .containsExactly("replication");
  }

  @Test
  void suspendsVersioningOnlyWithoutReplication() {
    create();
    var s3 = world.clients("somebody", CallListener.NONE).s3();
    Throwable refused = catchThrowable(() -> suspend(s3));
    assertThat(CloudErrors.classify(refused).code()).isEqualTo("InvalidBucketState");
    s3.deleteBucketReplication(request -> request.bucket(name()));
    suspend(s3);
    List<Difference> found = component.differences(desired, observed().orElseThrow());
    assertThat(found).extracting(Difference::field).containsExactly("versioning", "replication");
    adapter.update(observed().orElseThrow(), desired, found);
    assertThat(component.differences(desired, observed().orElseThrow())).isEmpty();
  }

  private void suspend(S3Client s3) {
    s3.putBucketVersioning(
        request ->
            request
                .bucket(name())
                .versioningConfiguration(
                    config -> config.status(BucketVersioningStatus.SUSPENDED)));
  }

  @Test
  void deletesEveryVersionAndMarkerBeforeTheBucket() {
    create();
    var s3 = world.clients("somebody", CallListener.NONE).s3();
    for (int i = 0; i < 3; i++) {
      s3.putObject(r -> r.bucket(name()).key("a"), RequestBody.fromString("x"));
      s3.putObject(r -> r.bucket(name()).key("b"), RequestBody.fromString("y"));
    }
    s3.deleteObject(r -> r.bucket(name()).key("a"));
    assertThat(adapter.delete(observed().orElseThrow(), new Disposal.Delete())).isEmpty();
    assertThat(observed()).isEmpty();
  }
}
