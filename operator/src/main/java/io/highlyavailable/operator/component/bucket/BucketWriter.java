package io.highlyavailable.operator.component.bucket;

import io.highlyavailable.operator.model.CorsRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.DeleteMarkerReplicationStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.MetricsStatus;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.ReplicationRule;
import software.amazon.awssdk.services.s3.model.ReplicationRuleStatus;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** Writes a bucket's settings, one call each. */
final class BucketWriter {
  /** Where the load balancer's logs are. */
  static final String LOGS = AccessLogs.PREFIX + "/";

  private final S3Client s3;

  BucketWriter(S3Client s3) {
    this.s3 = s3;
  }

  void put(String field, BucketDesired desired) {
    switch (field) {
      case BucketRules.VERSIONING -> versioning(desired);
      case BucketRules.ENCRYPTION -> encryption(desired);
      case BucketRules.PUBLIC_ACCESS -> publicAccessBlock(desired);
      case BucketRules.OWNERSHIP -> ownership(desired);
      case BucketRules.POLICY -> policy(desired);
      case BucketRules.LIFECYCLE -> lifecycle(desired);
      case BucketRules.CORS -> cors(desired);
      case BucketRules.REPLICATION -> replication(desired);
      default -> throw new IllegalArgumentException("cannot be changed: " + field);
    }
  }

  private void versioning(BucketDesired desired) {
    // Once on, it can only be suspended.
    BucketVersioningStatus status =
        desired.settings().versioning()
            ? BucketVersioningStatus.ENABLED
            : BucketVersioningStatus.SUSPENDED;
    s3.putBucketVersioning(
        request ->
            request
                .bucket(desired.name())
                .versioningConfiguration(config -> config.status(status)));
  }

  private void encryption(BucketDesired desired) {
    s3.putBucketEncryption(
        request ->
            request
                .bucket(desired.name())
                .serverSideEncryptionConfiguration(
                    config ->
                        config.rules(
                            ServerSideEncryptionRule.builder()
                                .applyServerSideEncryptionByDefault(
                                    by -> by.sseAlgorithm(ServerSideEncryption.AES256))
                                .build())));
  }

  private void publicAccessBlock(BucketDesired desired) {
    s3.putPublicAccessBlock(
        request ->
            request
                .bucket(desired.name())
                .publicAccessBlockConfiguration(
                    block ->
                        block
                            .blockPublicAcls(true)
                            .ignorePublicAcls(true)
                            .blockPublicPolicy(true)
                            .restrictPublicBuckets(true)));
  }

  private void ownership(BucketDesired desired) {
    s3.putBucketOwnershipControls(
        request ->
            request
                .bucket(desired.name())
                .ownershipControls(
                    controls ->
                        controls.rules(
                            OwnershipControlsRule.builder()
                                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                                .build())));
  }

  /** What others wrote since it was last looked at must not be lost: it is read once more. */
  private void policy(BucketDesired desired) {
    String ours = desired.settings().policy();
    String policy =
        desired.adopted()
            ? Shared.policy(new BucketReader(s3, desired.name()).policy(), ours)
            : ours;
    s3.putBucketPolicy(request -> request.bucket(desired.name()).policy(policy));
  }

  private static LifecycleRule.Builder rule(String id) {
    return rule(id, "");
  }

  private static LifecycleRule.Builder rule(String id, String prefix) {
    return LifecycleRule.builder()
        .id(id)
        .status(ExpirationStatus.ENABLED)
        .filter(some -> some.prefix(prefix));
  }

  private void cors(BucketDesired desired) {
    List<CORSRule> rules = new ArrayList<>();
    if (desired.adopted()) {
      new BucketReader(s3, desired.name())
          .corsRules().stream()
              .filter(rule -> !Shared.ours(String.valueOf(rule.id())))
              .forEach(rules::add);
    }
    desired.cors().forEach(rule -> rules.add(rule(desired, rule)));
    if (rules.isEmpty()) {
      s3.deleteBucketCors(request -> request.bucket(desired.name()));
      return;
    }
    s3.putBucketCors(
        request ->
            request.bucket(desired.name()).corsConfiguration(config -> config.corsRules(rules)));
  }

  private static CORSRule rule(BucketDesired desired, CorsRule rule) {
    Duration maxAge = rule.maxAge();
    return CORSRule.builder()
        .id(desired.adopted() ? Shared.RULES + desired.cors().indexOf(rule) : null)
        .allowedOrigins(rule.allowedOrigins())
        .allowedMethods(rule.allowedMethods())
        .allowedHeaders(rule.allowedHeaders())
        .exposeHeaders(rule.exposeHeaders())
        .maxAgeSeconds(maxAge == null ? null : Math.toIntExact(maxAge.toSeconds()))
        .build();
  }

  private void replication(BucketDesired desired) {
    switch (desired.replication()) {
      case Replication.None() ->
          s3.deleteBucketReplication(request -> request.bucket(desired.name()));
      case Replication.To to ->
          s3.putBucketReplication(
              request ->
                  request
                      .bucket(desired.name())
                      .replicationConfiguration(
                          config -> config.role(to.roleArn()).rules(rule(to))));
      case Replication.Undecided() -> {}
    }
  }

  /** With a filter it is of the second version, in which deletions are to be decided on. */
  private static ReplicationRule rule(Replication.To to) {
    return ReplicationRule.builder()
        .id(Replication.To.RULE)
        .priority(1)
        .status(ReplicationRuleStatus.ENABLED)
        .filter(all -> all.prefix(""))
        .deleteMarkerReplication(
            deletions -> deletions.status(DeleteMarkerReplicationStatus.ENABLED))
        .destination(
            destination ->
                destination
                    .bucket(to.bucketArn())
                    .metrics(metrics -> metrics.status(MetricsStatus.ENABLED)))
        .build();
  }

  private List<LifecycleRule> others(BucketDesired desired) {
    return desired.adopted()
        ? new BucketReader(s3, desired.name())
            .lifecycleRules().stream()
                .filter(rule -> !Shared.ours(String.valueOf(rule.id())))
                .map(BucketWriter::filtered)
                .toList()
        : List.of();
  }

  /** S3 does not take rules with a prefix in the old place together with others. */
  @SuppressWarnings("deprecation")
  private static LifecycleRule filtered(LifecycleRule rule) {
    String prefix = rule.prefix();
    return rule.filter() != null || prefix == null
        ? rule
        : rule.toBuilder().prefix(null).filter(all -> all.prefix(prefix)).build();
  }

  private void lifecycle(BucketDesired desired) {
    List<LifecycleRule> rules = new ArrayList<>(others(desired));
    String prefix = desired.adopted() ? Shared.RULES : "";
    rules.add(
        rule(prefix + "abort-uploads")
            .abortIncompleteMultipartUpload(
                after -> after.daysAfterInitiation(desired.abortUploadsDays()))
            .build());
    Integer days = desired.expireNoncurrentDays();
    if (days != null) {
      rules.add(
          rule(prefix + "expire-noncurrent")
              .noncurrentVersionExpiration(after -> after.noncurrentDays(days))
              .build());
    }
    AccessLogs logs = desired.logs();
    if (logs != null) {
      rules.add(
          rule(prefix + "expire-load-balancer-logs", LOGS)
              .expiration(after -> after.days(logs.days()))
              .build());
    }
    s3.putBucketLifecycleConfiguration(
        request ->
            request.bucket(desired.name()).lifecycleConfiguration(config -> config.rules(rules)));
  }
}
