package io.highlyavailable.operator.component.bucket;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailureException;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * Buckets at S3, whose listing shows names only: all that the account has in the region, since one
 * that an app takes over may have any name. A create is several calls, the bucket with its tags and
 * then each setting; after a crash in between the missing settings are differences.
 */
public final class BucketAdapter implements Adapter<BucketDesired, Bucket> {
  /** S3's largest page of buckets. */
  private static final int PAGE = 10_000;

  /** The one region that is nobody's constraint, and that answers 200 for a bucket already ours. */
  private static final String CLASSIC_REGION = "us-east-1";

  /** Pages of a thousand objects deleted in one attempt, so that an attempt stays short. */
  private static final int PAGES_AN_ATTEMPT = 5;

  /**
   * Settings that a new bucket has by itself since April 2023 are not written again; the audit
   * looks at them like at all others.
   */
  private static final List<String> NOT_BY_DEFAULT =
      List.of(BucketRules.POLICY, BucketRules.LIFECYCLE);

  private final AwsClients clients;
  private final BucketWriter writer;

  BucketAdapter(AwsClients clients) {
    this.clients = clients;
    this.writer = new BucketWriter(clients.s3());
  }

  @Override
  public String service() {
    return "s3";
  }

  @Override
  public Listing<Bucket> list() {
    var request =
        ListBucketsRequest.builder().bucketRegion(clients.region()).maxBuckets(PAGE).build();
    return Listing.ofNames(
        clients.s3().listBucketsPaginator(request).buckets().stream()
            .map(bucket -> bucket.name())
            .collect(Collectors.toSet()));
  }

  @Override
  public Optional<Bucket> find(String name) {
    BucketReader reader = new BucketReader(clients.s3(), name);
    try {
      Map<String, String> tags = reader.tags();
      return Optional.of(new Bucket(name, arn(name), reader.settings(), tags));
    } catch (NoSuchBucketException e) {
      return Optional.empty();
    }
  }

  /** S3's ARNs have neither region nor account. */
  private String arn(String name) {
    String partition = clients.arn("s3", "", "").split(":")[1];
    return "arn:" + partition + ":s3:::" + name;
  }

  @Override
  public Bucket create(BucketDesired desired, Map<String, String> tags) {
    boolean classic = CLASSIC_REGION.equals(clients.region());
    if (classic && exists(desired.name())) {
      throw new CloudFailureException(taken(desired.name()));
    }
    CreateBucketConfiguration.Builder configuration =
        CreateBucketConfiguration.builder().tags(s3(tags));
    if (!classic) {
      configuration.locationConstraint(clients.region());
    }
    clients
        .s3()
        .createBucket(
            request ->
                request.bucket(desired.name()).createBucketConfiguration(configuration.build()));
    if (desired.settings().versioning()) {
      writer.put(BucketRules.VERSIONING, desired);
    }
    NOT_BY_DEFAULT.forEach(field -> writer.put(field, desired));
    if (!desired.cors().isEmpty()) {
      writer.put(BucketRules.CORS, desired);
    }
    if (desired.replication() instanceof Replication.To) {
      writer.put(BucketRules.REPLICATION, desired);
    }
    return new Bucket(desired.name(), desired.id(), desired.settings(), tags);
  }

  private boolean exists(String name) {
    try {
      clients.s3().headBucket(request -> request.bucket(name));
      return true;
    } catch (NoSuchBucketException e) {
      return false;
    }
  }

  private static CloudFailure taken(String name) {
    return new CloudFailure(
        CloudFailure.Kind.EXISTS,
        "s3:CreateBucket",
        "BucketAlreadyOwnedByYou",
        "bucket " + name + " is there already",
        "",
        false);
  }

  @Override
  public Bucket update(Bucket actual, BucketDesired desired, List<Difference> changes) {
    changes.forEach(change -> writer.put(change.field(), desired));
    Bucket.Settings wanted = desired.over(actual).settings();
    Bucket.Settings settings =
        desired.replication() instanceof Replication.Undecided
            ? wanted.replicating(actual.settings().replication())
            : wanted;
    return new Bucket(actual.name(), actual.id(), settings, actual.tags());
  }

  /** S3 replaces all tags of a bucket at once, so the present ones are read first. */
  @Override
  public Bucket tag(Bucket actual, Map<String, String> tags) {
    return retagged(actual, Tags.with(present(actual), tags));
  }

  @Override
  public Bucket untag(Bucket actual, List<String> keys) {
    return retagged(actual, Tags.without(present(actual), keys));
  }

  private Map<String, String> present(Bucket actual) {
    return new BucketReader(clients.s3(), actual.name()).tags();
  }

  private Bucket retagged(Bucket actual, Map<String, String> tags) {
    clients
        .s3()
        .putBucketTagging(
            request -> request.bucket(actual.name()).tagging(all -> all.tagSet(s3(tags))));
    return actual.withTags(tags);
  }

  /**
   * Deletes what the bucket holds, a bounded number of pages an attempt, then the bucket. While
   * objects are left the row comes back as it was, and the next attempt goes on.
   */
  @Override
  public Optional<Bucket> delete(Bucket actual, Disposal disposal) {
    if (!(disposal instanceof Disposal.Delete)) {
      throw new IllegalArgumentException("a bucket has no snapshot: " + disposal);
    }
    try {
      if (!emptied(actual.name())) {
        return Optional.of(actual);
      }
      clients.s3().deleteBucket(request -> request.bucket(actual.name()));
      return Optional.empty();
    } catch (NoSuchBucketException e) {
      return Optional.empty();
    }
  }

  private boolean emptied(String bucket) {
    for (int page = 0; page < PAGES_AN_ATTEMPT; page++) {
      var versions = clients.s3().listObjectVersions(request -> request.bucket(bucket));
      List<ObjectIdentifier> objects = identifiers(versions);
      if (objects.isEmpty()) {
        return true;
      }
      clients
          .s3()
          .deleteObjects(
              request -> request.bucket(bucket).delete(some -> some.objects(objects).quiet(true)));
    }
    return false;
  }

  private static List<ObjectIdentifier> identifiers(ListObjectVersionsResponse page) {
    Stream<ObjectIdentifier> versions =
        page.versions().stream().map(v -> identifier(v.key(), v.versionId()));
    Stream<ObjectIdentifier> markers =
        page.deleteMarkers().stream().map(m -> identifier(m.key(), m.versionId()));
    return Stream.concat(versions, markers).toList();
  }

  private static ObjectIdentifier identifier(String key, String versionId) {
    return ObjectIdentifier.builder().key(key).versionId(versionId).build();
  }

  private static List<Tag> s3(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }
}
