package io.highlyavailable.operator.component.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.database.DatabaseRules;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BucketRulesTest {
  private static final BucketRules RULES = new BucketRules();
  private static final App APP = SampleApp.named("shop").build();
  private static final BucketDesired WANT =
      ((Desired.Known<BucketDesired>) RULES.desired(APP, new KnownUpstream())).state();

  private static Bucket bucket(Bucket.Settings settings) {
    return new Bucket(WANT.name(), WANT.id(), settings, Map.of());
  }

  static Stream<Arguments> drifts() {
    Bucket.Settings s = WANT.settings();
    return Stream.of(
        Arguments.of(
            "versioning",
            new Bucket.Settings(
                false, s.encryption(), true, s.ownership(), s.policy(), s.lifecycle())),
        Arguments.of(
            "encryption",
            new Bucket.Settings(true, "", true, s.ownership(), s.policy(), s.lifecycle())),
        Arguments.of(
            "publicAccessBlocked",
            new Bucket.Settings(
                true, s.encryption(), false, s.ownership(), s.policy(), s.lifecycle())),
        Arguments.of(
            "ownership",
            new Bucket.Settings(
                true, s.encryption(), true, "ObjectWriter", s.policy(), s.lifecycle())),
        Arguments.of(
            "policy",
            new Bucket.Settings(true, s.encryption(), true, s.ownership(), "", s.lifecycle())),
        Arguments.of(
            "lifecycle",
            new Bucket.Settings(
                true, s.encryption(), true, s.ownership(), s.policy(), new TreeSet<>())));
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
}
