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
 * @param cors which web pages may reach it
 * @param replication where its objects are copied to
 * @param settings the same as they are read back
 */
public record BucketDesired(
    String name,
    String id,
    @Nullable Integer expireNoncurrentDays,
    int abortUploadsDays,
    List<CorsRule> cors,
    Replication replication,
    Bucket.Settings settings) {
  public BucketDesired {
    cors = List.copyOf(cors);
  }
}
