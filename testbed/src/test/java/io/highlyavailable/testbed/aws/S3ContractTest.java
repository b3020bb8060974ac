package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;

/** Source: the API reference and user guide of Amazon S3. */
class S3ContractTest extends EmulatorTest {

  private static final String TLS_ONLY =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*",
       "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"],
       "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}
      """;

  private final S3Client s3 = client(S3Client.builder().forcePathStyle(true));

  private void create(String name) {
    s3.createBucket(b -> b.bucket(name));
  }

  @Test
  void aNewBucketIsEncryptedAndBlocksPublicAccess() {
    create("photos");
    var rule =
        s3.getBucketEncryption(b -> b.bucket("photos"))
            .serverSideEncryptionConfiguration()
            .rules()
            .getFirst();
    assertThat(rule.applyServerSideEncryptionByDefault().sseAlgorithm())
        .isEqualTo(ServerSideEncryption.AES256);
    var block = s3.getPublicAccessBlock(b -> b.bucket("photos")).publicAccessBlockConfiguration();
    assertThat(block.blockPublicAcls()).isTrue();
    assertThat(block.ignorePublicAcls()).isTrue();
    assertThat(block.blockPublicPolicy()).isTrue();
    assertThat(block.restrictPublicBuckets()).isTrue();
  }

  @Test
  void deletingTheEncryptionBringsTheDefaultBack() {
    create("photos");
    s3.deleteBucketEncryption(b -> b.bucket("photos"));
    assertThat(
            s3.getBucketEncryption(b -> b.bucket("photos"))
                .serverSideEncryptionConfiguration()
                .rules())
        .hasSize(1);
  }

  @Test
  void tagsOfTheCreateCallAreKept() {
    s3.createBucket(
        b ->
            b.bucket("photos")
                .createBucketConfiguration(
                    c ->
                        c.tags(
                            Tag.builder().key("team").value("shop").build(),
                            Tag.builder().key("note").value("a & b").build())));
    assertThat(s3.getBucketTagging(b -> b.bucket("photos")).tagSet())
        .extracting(Tag::key, Tag::value)
        .containsExactlyInAnyOrder(tuple("team", "shop"), tuple("note", "a & b"));
  }

  @Test
  void aTlsOnlyPolicyDoesNotBlockTheEmulatorsPlainTraffic() {
    create("photos");
    s3.putBucketPolicy(b -> b.bucket("photos").policy(TLS_ONLY.formatted("photos")));
    s3.putObject(b -> b.bucket("photos").key("cat"), RequestBody.fromString("meow"));
    assertThat(s3.getObjectAsBytes(b -> b.bucket("photos").key("cat")).asUtf8String())
        .isEqualTo("meow");
    assertThat(s3.getBucketPolicy(b -> b.bucket("photos")).policy()).contains("SecureTransport");
  }

  @Test
  void otherDenyStatementsOfTheSamePolicyStillCount() {
    create("photos");
    String both =
        """
        {"Version": "2012-10-17", "Statement": [
         {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::photos/*",
          "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
         {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::photos/*"}]}
        """;
    s3.putBucketPolicy(b -> b.bucket("photos").policy(both));
    s3.putObject(b -> b.bucket("photos").key("cat"), RequestBody.fromString("meow"));
    refused("AccessDenied", () -> s3.getObjectAsBytes(b -> b.bucket("photos").key("cat")));
  }

  @Test
  void policiesMustBeWellFormedAboutTheBucketAndNotPublic() {
    create("photos");
    refused("MalformedPolicy", () -> s3.putBucketPolicy(b -> b.bucket("photos").policy("{")));
    refused(
        "MalformedPolicy",
        () -> s3.putBucketPolicy(b -> b.bucket("photos").policy(TLS_ONLY.formatted("other"))));
    String open =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
         "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*"}]}
        """;
    refused("AccessDenied", () -> s3.putBucketPolicy(b -> b.bucket("photos").policy(open)));
  }

  @Test
  void listBucketsPagesWithinAPrefix() {
    IntStream.range(0, 5).forEach(i -> create("ha-" + i));
    create("other");

    var first = s3.listBuckets(b -> b.prefix("ha-").maxBuckets(3));
    assertThat(first.buckets()).extracting(Bucket::name).containsExactly("ha-0", "ha-1", "ha-2");
    var second =
        s3.listBuckets(
            b -> b.prefix("ha-").maxBuckets(3).continuationToken(first.continuationToken()));
    assertThat(second.buckets()).extracting(Bucket::name).containsExactly("ha-3", "ha-4");
    assertThat(second.continuationToken()).isNull();
    assertThat(s3.listBuckets().buckets()).hasSize(6);
  }

  @Test
  void listingsNameTheRegionOfABucketAndFilterByIt() {
    create("here");
    s3.createBucket(
        b -> b.bucket("there").createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));
    assertThat(s3.listBuckets(b -> b.bucketRegion("eu-west-1")).buckets())
        .singleElement()
        .satisfies(bucket -> assertThat(bucket.bucketRegion()).isEqualTo("eu-west-1"));
  }

  @Test
  void reservedNamesAreRefused() {
    refused("InvalidBucketName", () -> create("xn--photos"));
    refused("InvalidBucketName", () -> create("photos-s3alias"));
  }

  @Test
  void hidesWhatWasJustCreatedFromListingsButNotFromLookups() {
    emulator().faults().on("s3", "CreateBucket").hide(Duration.ofMinutes(5));
    create("new");
    assertThat(s3.listBuckets().buckets()).isEmpty();
    s3.headBucket(b -> b.bucket("new"));
  }

  private void replicate(String bucket, String to) {
    s3.putBucketReplication(
        b ->
            b.bucket(bucket)
                .replicationConfiguration(
                    c ->
                        c.role("arn:aws:iam::123456789012:role/r")
                            .rules(
                                r ->
                                    r.id("all")
                                        .priority(1)
                                        .status("Enabled")
                                        .filter(f -> f.prefix(""))
                                        .deleteMarkerReplication(d -> d.status("Enabled"))
                                        .destination(
                                            d ->
                                                d.bucket("arn:aws:s3:::" + to)
                                                    .metrics(m -> m.status("Enabled"))))));
  }

  private void version(String bucket, String status) {
    s3.putBucketVersioning(b -> b.bucket(bucket).versioningConfiguration(v -> v.status(status)));
  }

  @Test
  void replicatesToAVersionedBucketOnly() {
    create("photos");
    version("photos", "Enabled");
    refused("InvalidRequest", () -> replicate("photos", "copies"));
    create("copies");
    refused("InvalidRequest", () -> replicate("photos", "copies"));
    version("copies", "Enabled");
    replicate("photos", "copies");
    var rule =
        s3.getBucketReplication(b -> b.bucket("photos"))
            .replicationConfiguration()
            .rules()
            .getFirst();
    assertThat(rule.deleteMarkerReplication().statusAsString()).isEqualTo("Enabled");
    assertThat(rule.destination().metrics().statusAsString()).isEqualTo("Enabled");
    assertThat(rule.filter().prefix()).isEmpty();
  }

  @Test
  void versioningStaysOnWhileObjectsAreReplicated() {
    create("photos");
    create("copies");
    version("photos", "Enabled");
    version("copies", "Enabled");
    replicate("photos", "copies");
    refused("InvalidBucketState", () -> version("photos", "Suspended"));
    s3.deleteBucketReplication(b -> b.bucket("photos"));
    version("photos", "Suspended");
  }
}
