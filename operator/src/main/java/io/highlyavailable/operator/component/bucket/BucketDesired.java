package io.highlyavailable.operator.component.bucket;

import io.highlyavailable.operator.model.CorsRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An S3 bucket as it should be.
 *
 * @param name its name
 * @param id the ARN it will have
 * @param expireNoncurrentDays after how many days overwritten objects are deleted; null for never
 * @param abortUploadsDays after how many days unfinished uploads are given up
 * @param adopted whether somebody else made it: then what others set up in it stays
 * @param cors which web pages may reach it
 * @param replication where its objects are copied to
 * @param logs the load balancer's logs in it, or null for none
 * @param settings the same as they are read back
 */
public record BucketDesired(
    String name,
    String id,
    @Nullable Integer expireNoncurrentDays,
    int abortUploadsDays,
    boolean adopted,
    List<CorsRule> cors,
    Replication replication,
    @Nullable AccessLogs logs,
    Bucket.Settings settings) {
  public BucketDesired {
    cors = List.copyOf(cors);
  }

  /** The same for a bucket that is there: an adopted one keeps what others set up in it. */
  BucketDesired over(Bucket actual) {
    Bucket.Settings have = actual.settings();
    return adopted
        ? with(
            new Bucket.Settings(
                settings.versioning(),
                // A key of its owner's choice is no worse than S3's.
                have.encryption().isEmpty() ? settings.encryption() : have.encryption(),
                settings.publicAccessBlocked(),
                settings.ownership(),
                Shared.policy(have.policy(), settings.policy()),
                Shared.lifecycle(have.lifecycle(), settings.lifecycle()),
                Shared.cors(have.cors(), settings.cors()),
                settings.replication()))
        : this;
  }

  private BucketDesired with(Bucket.Settings changed) {
    return new BucketDesired(
        name,
        id,
        expireNoncurrentDays,
        abortUploadsDays,
        adopted,
        cors,
        replication,
        logs,
        changed);
  }
}
