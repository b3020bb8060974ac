package io.highlyavailable.operator.component.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Recovery;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

class ReplicaAdapterTest extends AdapterContract<BucketDesired, ReplicaBucket> {
  ReplicaAdapterTest() {
    super(new ReplicaModule(), List.of());
  }

  @Override
  protected App sample() {
    return SampleApp.unique()
        .recovery(new Recovery(KnownUpstream.RECOVERY_REGION, true, true, true))
        .build();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of(
        "expireNoncurrentDays", setting("bucket", "expireNoncurrentDays", 30),
        "deletionPolicy", setting("bucket", "deletionPolicy", DeletionPolicy.RETAIN));
  }

  @Override
  protected Map<String, Consumer<ReplicaBucket>> drifts() {
    var s3 = world.clients("somebody", CallListener.NONE, KnownUpstream.RECOVERY_REGION).s3();
    return Map.of(
        "versioning",
        bucket ->
            s3.putBucketVersioning(
                request ->
                    request
                        .bucket(bucket.name())
                        .versioningConfiguration(
                            config -> config.status(BucketVersioningStatus.SUSPENDED))),
        "publicAccessBlocked",
        bucket -> s3.deletePublicAccessBlock(request -> request.bucket(bucket.name())),
        "policy",
        bucket -> s3.deleteBucketPolicy(request -> request.bucket(bucket.name())),
        "lifecycle",
        bucket -> s3.deleteBucketLifecycle(request -> request.bucket(bucket.name())));
  }

  @Test
  void isInItsOwnRegionAndListedThereOnly() {
    create();
    var home = world.clients("somebody", CallListener.NONE);
    assertThat(new BucketAdapter(home).list().namesOnly()).doesNotContain(name());
    assertThat(adapter.list().namesOnly()).contains(name());
    assertThat(home.s3().headBucket(request -> request.bucket(name())).bucketRegion())
        .isEqualTo(KnownUpstream.RECOVERY_REGION);
  }
}
