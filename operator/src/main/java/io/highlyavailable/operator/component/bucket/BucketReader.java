package io.highlyavailable.operator.component.bucket;

import io.highlyavailable.operator.component.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.DeleteMarkerReplicationStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.MetricsStatus;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ReplicationConfiguration;
import software.amazon.awssdk.services.s3.model.ReplicationRule;
import software.amazon.awssdk.services.s3.model.ReplicationRuleStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/** Reads a bucket's settings, one call each: S3 has no call for all of them. */
final class BucketReader {
  /** S3 answers a setting that was never made with an error of its own. */
  private static final Set<String> NOT_SET =
      Set.of(
          "NoSuchTagSet",
          "ServerSideEncryptionConfigurationNotFoundError",
          "NoSuchPublicAccessBlockConfiguration",
          "OwnershipControlsNotFoundError",
          "NoSuchBucketPolicy",
          "NoSuchLifecycleConfiguration",
          "NoSuchCORSConfiguration",
          "ReplicationConfigurationNotFoundError");

  private final S3Client s3;
  private final String bucket;

  BucketReader(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  Map<String, String> tags() {
    return orElse(
        Map.of(),
        () ->
            s3.getBucketTagging(request -> request.bucket(bucket)).tagSet().stream()
                .collect(Collectors.toMap(Tag::key, Tag::value)));
  }

  Bucket.Settings settings() {
    return new Bucket.Settings(
        versioning(),
        encryption(),
        publicAccessBlocked(),
        ownership(),
        policy(),
        lifecycle(),
        cors(),
        replication());
  }

  private boolean versioning() {
    return s3.getBucketVersioning(request -> request.bucket(bucket)).status()
        == BucketVersioningStatus.ENABLED;
  }

  private String encryption() {
    return orElse(
        "",
        () ->
            s3
                .getBucketEncryption(request -> request.bucket(bucket))
                .serverSideEncryptionConfiguration()
                .rules()
                .stream()
                .map(rule -> rule.applyServerSideEncryptionByDefault().sseAlgorithmAsString())
                .findFirst()
                .orElse(""));
  }

  private boolean publicAccessBlocked() {
    return orElse(
        false,
        () ->
            allBlocked(
                s3.getPublicAccessBlock(request -> request.bucket(bucket))
                    .publicAccessBlockConfiguration()));
  }

  private static boolean allBlocked(PublicAccessBlockConfiguration block) {
    return Stream.of(
            block.blockPublicAcls(),
            block.ignorePublicAcls(),
            block.blockPublicPolicy(),
            block.restrictPublicBuckets())
        .allMatch(Boolean.TRUE::equals);
  }

  private String ownership() {
    return orElse(
        "",
        () ->
            s3
                .getBucketOwnershipControls(request -> request.bucket(bucket))
                .ownershipControls()
                .rules()
                .stream()
                .map(rule -> rule.objectOwnershipAsString())
                .findFirst()
                .orElse(""));
  }

  /** The policy as it is now; empty for none. */
  String policy() {
    return orElse(
        "",
        () ->
            PolicyDocument.canonical(
                s3.getBucketPolicy(request -> request.bucket(bucket)).policy()));
  }

  private SortedSet<String> lifecycle() {
    return new TreeSet<>(lifecycleRules().stream().map(BucketReader::line).toList());
  }

  /** The lifecycle rules as they are now. */
  List<LifecycleRule> lifecycleRules() {
    return orElse(
        List.of(),
        () -> s3.getBucketLifecycleConfiguration(request -> request.bucket(bucket)).rules());
  }

  private static String line(LifecycleRule rule) {
    return Shared.line(String.valueOf(rule.id()), text(rule));
  }

  private static String text(LifecycleRule rule) {
    return isOfLogs(rule) ? LifecycleLine.expireLogs(rule.expiration().days()) : ofEverything(rule);
  }

  /** Objects below the prefix of the load balancer's logs expire, and nothing else happens. */
  private static boolean isOfLogs(LifecycleRule rule) {
    return rule.status() == ExpirationStatus.ENABLED
        && rule.filter() != null
        && BucketWriter.LOGS.equals(rule.filter().prefix())
        && rule.expiration() != null
        && rule.expiration().days() != null
        && !rule.hasTransitions()
        && rule.noncurrentVersionExpiration() == null
        && rule.abortIncompleteMultipartUpload() == null;
  }

  private static String ofEverything(LifecycleRule rule) {
    boolean plain =
        rule.status() == ExpirationStatus.ENABLED
            && rule.expiration() == null
            && !rule.hasTransitions();
    var noncurrent = rule.noncurrentVersionExpiration();
    var uploads = rule.abortIncompleteMultipartUpload();
    if (plain && noncurrent != null && uploads == null) {
      return LifecycleLine.expireNoncurrent(noncurrent.noncurrentDays());
    }
    if (plain && uploads != null && noncurrent == null) {
      return LifecycleLine.abortUploads(uploads.daysAfterInitiation());
    }
    return LifecycleLine.other(String.valueOf(rule.id()));
  }

  private List<String> cors() {
    return corsRules().stream().map(BucketReader::line).toList();
  }

  /** The CORS rules as they are now. */
  List<CORSRule> corsRules() {
    return orElse(List.of(), () -> s3.getBucketCors(request -> request.bucket(bucket)).corsRules());
  }

  private static String line(CORSRule rule) {
    return Shared.line(
        String.valueOf(rule.id()),
        CorsLine.line(
            rule.allowedOrigins(),
            rule.allowedMethods(),
            rule.allowedHeaders(),
            rule.exposeHeaders(),
            rule.maxAgeSeconds()));
  }

  private String replication() {
    return orElse(
        "",
        () ->
            line(
                s3.getBucketReplication(request -> request.bucket(bucket))
                    .replicationConfiguration()));
  }

  /**
   * Every part that decides what is copied; the rule's priority means nothing while it is alone.
   */
  private static String line(ReplicationConfiguration found) {
    ReplicationRule rule = found.rules().getFirst();
    boolean ours =
        found.rules().size() == 1
            && Replication.To.RULE.equals(rule.id())
            && rule.status() == ReplicationRuleStatus.ENABLED
            && everything(rule)
            && rule.deleteMarkerReplication() != null
            && rule.deleteMarkerReplication().status() == DeleteMarkerReplicationStatus.ENABLED
            && rule.destination().metrics() != null
            && rule.destination().metrics().status() == MetricsStatus.ENABLED;
    return ours
        ? new Replication.To(rule.destination().bucket(), found.role()).line()
        : Replication.other(
            found.rules().stream().map(ReplicationRule::id).sorted().toList().toString());
  }

  private static boolean everything(ReplicationRule rule) {
    var filter = rule.filter();
    return filter != null
        && filter.and() == null
        && filter.tag() == null
        && (filter.prefix() == null || filter.prefix().isEmpty());
  }

  private static <T> T orElse(T none, Supplier<T> call) {
    try {
      return call.get();
    } catch (S3Exception e) {
      if (NOT_SET.contains(String.valueOf(e.awsErrorDetails().errorCode()))) {
        return none;
      }
      throw e;
    }
  }
}
