package io.highlyavailable.operator.component.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AwsWorld;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BucketSettings;
import io.highlyavailable.operator.model.CorsRule;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Recovery;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.network.Network;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/** A bucket that somebody else made, against the emulator. */
@WithTestbed
class AdoptedBucketTest {
  private static final BucketRules RULES = new BucketRules();
  private final String name = "acme-" + UUID.randomUUID();
  private AwsWorld world;
  private S3Client somebody;
  private BucketAdapter adapter;

  @BeforeEach
  void somebodyMadeIt(AwsEmulator emulator, Network network) {
    world = new AwsWorld(emulator, network);
    somebody = world.clients("somebody", CallListener.NONE).s3();
    adapter = new BucketAdapter(world.clients("adapter", CallListener.NONE));
    somebody.createBucket(request -> request.bucket(name));
    String statement =
        """
        {"Version": "2012-10-17", "Statement": [{"Sid": "Theirs", "Effect": "Deny", "Principal": "*",
         "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::%s/keep/*"}]}
        """
            .formatted(name);
    somebody.putBucketPolicy(request -> request.bucket(name).policy(statement));
    LifecycleRule theirs =
        LifecycleRule.builder()
            .id("theirs")
            .status(ExpirationStatus.ENABLED)
            .filter(filter -> filter.prefix("tmp/"))
            .expiration(after -> after.days(3))
            .build();
    somebody.putBucketLifecycleConfiguration(
        request -> request.bucket(name).lifecycleConfiguration(all -> all.rules(theirs)));
    CORSRule page =
        CORSRule.builder()
            .id("theirs")
            .allowedOrigins("https://a.example.com")
            .allowedMethods("GET")
            .build();
    somebody.putBucketCors(
        request -> request.bucket(name).corsConfiguration(all -> all.corsRules(page)));
  }

  private SampleApp app(int days) {
    return SampleApp.named("shop")
        .bucket(
            new BucketSettings(
                true,
                days,
                List.of(
                    new CorsRule(
                        List.of("https://shop.example.com"),
                        List.of("PUT"),
                        List.of(),
                        List.of(),
                        null)),
                name,
                DeletionPolicy.RETAIN));
  }

  private BucketDesired want(App app) {
    return ((Desired.Known<BucketDesired>) RULES.desired(app, new KnownUpstream(world.settings())))
        .state();
  }

  private Bucket found() {
    return adapter.find(name).orElseThrow();
  }

  private void bring(BucketDesired want) {
    Bucket before = found();
    Bucket after = adapter.update(before, want, RULES.differences(want, before));
    assertThat(RULES.differences(want, found())).isEmpty();
    assertThat(found().settings()).isEqualTo(after.settings());
  }

  @Test
  void isListedByItsName() {
    assertThat(adapter.list().namesOnly()).contains(name);
  }

  @Test
  void whatOthersSetUpInItStays() {
    bring(want(app(30).build()));

    assertThat(somebody.getBucketPolicy(request -> request.bucket(name)).policy())
        .contains("\"Theirs\"", "\"HighlyAvailableAppTlsOnly\"");
    assertThat(somebody.getBucketLifecycleConfiguration(request -> request.bucket(name)).rules())
        .extracting(LifecycleRule::id)
        .containsExactlyInAnyOrder(
            "theirs", "highlyavailable.io/abort-uploads", "highlyavailable.io/expire-noncurrent");
    assertThat(somebody.getBucketCors(request -> request.bucket(name)).corsRules())
        .extracting(CORSRule::allowedOrigins)
        .containsExactly(List.of("https://a.example.com"), List.of("https://shop.example.com"));
  }

  @Test
  void ourOwnSettingsChangeAndGoWithoutOthers() {
    bring(want(app(30).build()));
    bring(want(app(60).build()));
    assertThat(found().settings().lifecycle())
        .containsExactlyInAnyOrder(
            "other rule theirs",
            "the app's: delete overwritten objects after 60 days",
            "the app's: give up unfinished uploads after 7 days");

    bring(
        want(
            app(60)
                .bucket(new BucketSettings(true, null, List.of(), name, DeletionPolicy.RETAIN))
                .build()));
    assertThat(found().settings().lifecycle()).hasSize(2);
    assertThat(somebody.getBucketCors(request -> request.bucket(name)).corsRules())
        .extracting(CORSRule::id)
        .containsExactly("theirs");
  }

  @Test
  void othersStatementsAreNotShownInTheStatus() {
    assertThat(RULES.differences(want(app(30).build()), found()))
        .filteredOn(difference -> difference.field().equals("policy"))
        .extracting(Difference::toString)
        .containsExactly(
            "policy without the statement HighlyAvailableAppTlsOnly -> with it, which refuses"
                + " connections without TLS");
  }

  @Test
  void whatChangedSinceItWasLastReadIsNotLost() {
    Bucket before = found();
    String later =
        somebody
            .getBucketPolicy(request -> request.bucket(name))
            .policy()
            .replace("Theirs", "Later");
    somebody.putBucketPolicy(request -> request.bucket(name).policy(later));
    BucketDesired want = want(app(30).build());

    adapter.update(before, want, RULES.differences(want, before));

    assertThat(somebody.getBucketPolicy(request -> request.bucket(name)).policy())
        .contains("\"Later\"", "\"HighlyAvailableAppTlsOnly\"");
  }

  @Test
  void keepsAKeyOfItsOwners() {
    somebody.putBucketEncryption(
        request ->
            request
                .bucket(name)
                .serverSideEncryptionConfiguration(
                    config ->
                        config.rules(
                            rule ->
                                rule.applyServerSideEncryptionByDefault(
                                    by -> by.sseAlgorithm("aws:kms")))));
    assertThat(RULES.differences(want(app(30).build()), found()))
        .extracting(Difference::field)
        .doesNotContain("encryption");
  }

  @Test
  void othersReplicationRefusesOurs() {
    App copied = app(30).recovery(new Recovery("eu-central-1", true, true, true)).build();
    Bucket.Settings settings =
        new Bucket.Settings(
            true, "AES256", true, "", "", new TreeSet<>(), List.of(), "other rules [theirs]");
    Bucket replicated = new Bucket(name, "arn:aws:s3:::" + name, settings, Map.of());
    BucketAdoption adoption = new BucketAdoption();
    assertThat(adoption.refusal(copied, want(copied), replicated).orElseThrow().nextStep())
        .contains("storageReplication");
    assertThat(adoption.refusal(app(30).build(), want(copied), replicated)).isEmpty();
    assertThat(adoption.effects(copied, replicated))
        .anyMatch(line -> line.contains("copied to region eu-central-1"));
  }
}
