package io.highlyavailable.operator.component.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Disposal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;

class BucketAdapterTest extends AdapterContract<BucketDesired, Bucket> {
  BucketAdapterTest() {
    super(new BucketModule(), List.of());
  }

  @Override
  protected Map<String, Consumer<Bucket>> drifts() {
    var s3 = world.clients("somebody", io.highlyavailable.operator.aws.CallListener.NONE).s3();
    return Map.of(
        "versioning",
        bucket ->
            s3.putBucketVersioning(
                request ->
                    request
                        .bucket(bucket.name())
                        .versioningConfiguration(
                            config -> config.status(BucketVersioningStatus.SUSPENDED))),
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

  @Test
  void deletesEveryVersionAndMarkerBeforeTheBucket() {
    create();
    var s3 = world.clients("somebody", io.highlyavailable.operator.aws.CallListener.NONE).s3();
    for (int i = 0; i < 3; i++) {
      s3.putObject(r -> r.bucket(name()).key("a"), RequestBody.fromString("x"));
      s3.putObject(r -> r.bucket(name()).key("b"), RequestBody.fromString("y"));
    }
    s3.deleteObject(r -> r.bucket(name()).key("a"));
    assertThat(adapter.delete(observed().orElseThrow(), new Disposal.Delete())).isEmpty();
    assertThat(observed()).isEmpty();
  }
}
