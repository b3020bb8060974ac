package io.highlyavailable.operator.component.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.database.DatabaseRules;
import io.highlyavailable.operator.component.role.ReplicationRole;
import io.highlyavailable.operator.component.role.Role;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BucketSettings;
import io.highlyavailable.operator.model.CorsRule;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BucketRulesTest {
  private static final BucketRules RULES = new BucketRules();
  private static final List<String> CORS =
      List.of("GET,PUT from https://shop.example.com with * exposing ETag for 600 s");
  private static final SampleApp SHOP =
      SampleApp.named("shop")
          .bucket(
              new BucketSettings(
                  true,
                  90,
                  List.of(
                      new CorsRule(
                          List.of("https://shop.example.com"),
                          List.of("GET", "PUT"),
                          List.of("*"),
                          List.of("ETag"),
                          Duration.ofMinutes(10))),
                  DeletionPolicy.SNAPSHOT));
  private static final App APP = SHOP.build();
  private static final BucketDesired WANT =
      ((Desired.Known<BucketDesired>) RULES.desired(APP, new KnownUpstream())).state();

  private static Bucket bucket(Bucket.Settings settings) {
    return new Bucket(WANT.name(), WANT.id(), settings, Map.of());
  }

  private static Bucket.Settings with(
      boolean versioning,
      String encryption,
      boolean blocked,
      String ownership,
      String policy,
      Set<String> lifecycle,
      List<String> cors,
      String replication) {
    return new Bucket.Settings(
        versioning,
        encryption,
        blocked,
        ownership,
        policy,
        new TreeSet<>(lifecycle),
        cors,
        replication);
  }

  static Stream<Arguments> drifts() {
    Bucket.Settings s = WANT.settings();
    String aes = s.encryption();
    String own = s.ownership();
    String tls = s.policy();
    return Stream.of(
        Arguments.of("versioning", with(false, aes, true, own, tls, s.lifecycle(), CORS, "")),
        Arguments.of("encryption", with(true, "", true, own, tls, s.lifecycle(), CORS, "")),
        Arguments.of(
            "publicAccessBlocked", with(true, aes, false, own, tls, s.lifecycle(), CORS, "")),
        Arguments.of(
            "ownership", with(true, aes, true, "ObjectWriter", tls, s.lifecycle(), CORS, "")),
        Arguments.of("policy", with(true, aes, true, own, "", s.lifecycle(), CORS, "")),
        Arguments.of("lifecycle", with(true, aes, true, own, tls, Set.of(), CORS, "")),
        Arguments.of("cors", with(true, aes, true, own, tls, s.lifecycle(), List.of(), "")),
        Arguments.of(
            "replication",
            with(true, aes, true, own, tls, s.lifecycle(), CORS, "other rules [recovery]")));
  }

  @ParameterizedTest
  @MethodSource("drifts")
  void eachOwnedFieldIsADifferenceOfItsOwn(String field, Bucket.Settings drifted) {
    assertThat(RULES.differences(WANT, bucket(drifted)))
        .extracting(Difference::field)
        .containsExactly(field);
  }

  @Test
  void hasNoDifferenceWhenAllIsAsWanted() {
    assertThat(RULES.differences(WANT, bucket(WANT.settings()))).isEmpty();
  }

  @Test
  void deniesPlaintextAndNothingElse() {
    assertThat(WANT.settings().policy())
        .contains("\"Effect\":\"Deny\"")
        .contains("{\"Bool\":{\"aws:SecureTransport\":\"false\"}}")
        .doesNotContain("Allow");
  }

  @Test
  void aSnapshotPolicyRetainsBecauseBucketsHaveNone() {
    Bucket row = bucket(WANT.settings());
    assertThat(RULES.disposal(DeletionPolicy.SNAPSHOT, APP, row))
        .isInstanceOf(Disposal.Retain.class);
    assertThat(RULES.disposal(DeletionPolicy.DELETE, APP, row)).isEqualTo(new Disposal.Delete());
  }

  @ParameterizedTest
  @EnumSource
  void leavesByTheAppsPolicyWhenItsBlockAndWithItItsOwnAreGone(DeletionPolicy policy) {
    SampleApp app = SampleApp.named("shop").bucket(null).database(null).deletionPolicy(policy);
    assertThat(RULES.deletionPolicy(app.build())).isEqualTo(policy);
    assertThat(new DatabaseRules().deletionPolicy(app.build())).isEqualTo(policy);
  }

  @Test
  void hasNoNameBeforeTheAccountIsKnown() {
    var unknown = new Upstream.Settings("", "aws", "", List.of(), "", "/", "");
    assertThat(RULES.resourceName(APP, unknown)).isEmpty();
  }

  @Test
  void bindsBucketRegionAndUri() {
    var binding = RULES.binding(APP, bucket(WANT.settings()), new KnownUpstream()).orElseThrow();
    assertThat(binding.type()).isEqualTo("s3");
    assertThat(binding.data()).containsOnlyKeys("bucket", "region", "uri");
    assertThat(binding.data().get("bucket").value()).isEqualTo(WANT.name());
    assertThat(binding.data().get("uri").value()).isEqualTo("s3://" + WANT.name());
  }

  private static App copied() {
    return SampleApp.named("shop").recovery(new Recovery("us-west-2", true, true, true)).build();
  }

  private static BucketDesired desired(App app, KnownUpstream upstream) {
    return ((Desired.Known<BucketDesired>) RULES.desired(app, upstream)).state();
  }

  private static KnownUpstream withCopy() {
    Bucket copy = new Bucket("copy", "arn:aws:s3:::copy", WANT.settings(), Map.of());
    Role role = new Role("r", "arn:aws:iam::1:role/r", "{}", "{}", "", Map.of());
    return new KnownUpstream().ready(new ReplicaBucket(copy)).ready(new ReplicationRole(role));
  }

  @Test
  void copiesToItsReplicaOnceThatAndTheRoleAreThere() {
    assertThat(desired(copied(), withCopy()).replication())
        .isEqualTo(new Replication.To("arn:aws:s3:::copy", "arn:aws:iam::1:role/r"));
  }

  @Test
  void doesNotWaitForItsReplicaAndLeavesCopyingAsItIsMeanwhile() {
    BucketDesired undecided = desired(copied(), new KnownUpstream());
    assertThat(undecided.replication()).isEqualTo(new Replication.Undecided());
    for (String copying : List.of("", "everything to somewhere")) {
      Bucket.Settings found = undecided.settings().replicating(copying);
      assertThat(RULES.differences(undecided, bucket(found))).isEmpty();
    }
  }

  @Test
  void stopsCopyingBeforeItSuspendsVersioning() {
    SampleApp plain =
        SampleApp.named("shop")
            .bucket(new BucketSettings(false, null, DeletionPolicy.SNAPSHOT))
            .recovery(new Recovery("us-west-2", true, true, true));
    Bucket.Settings copying = desired(copied(), withCopy()).settings();
    assertThat(RULES.differences(desired(plain.build(), withCopy()), bucket(copying)))
        .extracting(Difference::field)
        .containsSubsequence("replication", "versioning");
  }

  @Test
  void turnsVersioningOnBeforeItCopies() {
    BucketDesired want = desired(copied(), withCopy());
    Bucket.Settings plain =
        with(
            false,
            "AES256",
            true,
            "BucketOwnerEnforced",
            want.settings().policy(),
            want.settings().lifecycle(),
            List.of(),
            "");
    assertThat(RULES.differences(want, bucket(plain)))
        .extracting(Difference::field)
        .containsExactly("versioning", "replication");
  }

  @Test
  void theOrderOfCorsRulesMatters() {
    Bucket.Settings s = WANT.settings();
    List<String> two = List.of("GET from a", "GET from b");
    BucketDesired want =
        new BucketDesired(
            WANT.name(),
            WANT.id(),
            90,
            7,
            false,
            List.of(),
            new Replication.None(),
            null,
            with(true, s.encryption(), true, s.ownership(), s.policy(), s.lifecycle(), two, ""));
    Bucket.Settings turned =
        with(
            true,
            s.encryption(),
            true,
            s.ownership(),
            s.policy(),
            s.lifecycle(),
            two.reversed(),
            "");
    assertThat(RULES.differences(want, bucket(turned)))
        .extracting(Difference::field)
        .containsExactly("cors");
  }

  @Test
  void leavesTheReplicationOfOthersAloneUnlessCopiesAreAskedFor() {
    Bucket theirs = bucket(WANT.settings().replicating("other rules [backup]"));
    assertThat(RULES.differences(WANT, theirs)).isEmpty();
    BucketDesired copying = desired(copied(), withCopy());
    assertThat(
            RULES.differences(
                copying, bucket(copying.settings().replicating("other rules [backup]"))))
        .extracting(Difference::field)
        .containsExactly("replication");
  }

  /** Only what the load balancer writes may be written, and only by it. */
  @Test
  void takesLogsOfInstancesOnlyAndOnlyWhereAskedFor() {
    var exposure =
        new App.Exposure("a.example.com", "alb", false, "/", null, true, null, Map.of(), 30);
    BucketDesired logs = known(SHOP.instances().exposure(exposure).build());
    assertThat(logs.settings().policy())
        .contains("\"Service\":\"logdelivery.elasticloadbalancing.amazonaws.com\"")
        .contains("arn:aws:s3:::" + logs.name() + "/load-balancer-logs/AWSLogs/123456789012/*");
    assertThat(logs.settings().lifecycle())
        .contains("delete the load balancer's logs after 30 days");
    BucketDesired pods = known(SHOP.instances(null).exposure(exposure).build());
    assertThat(pods.settings()).isEqualTo(WANT.settings());
  }

  private static BucketDesired known(App app) {
    return ((Desired.Known<BucketDesired>) RULES.desired(app, new KnownUpstream())).state();
  }
}
