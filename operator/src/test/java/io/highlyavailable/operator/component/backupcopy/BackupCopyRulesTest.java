package io.highlyavailable.operator.component.backupcopy;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Recovery;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BackupCopyRulesTest {
  private static final BackupCopyRules RULES = new BackupCopyRules();
  private static final String KEY = KnownUpstream.RECOVERY_KEY;
  private static final BackupCopyDesired WANT =
      new BackupCopyDesired("ha-shop", "arn:db", "us-east-1", 14, KEY);

  private static SampleApp shop() {
    return SampleApp.named("shop").recovery(new Recovery("us-west-2", true, true, true));
  }

  private static BackupCopy copy(
      String state, String source, int days, String key, @Nullable Instant time) {
    return new BackupCopy("ha-shop", "arn:copy", state, source, days, key, time);
  }

  static Stream<Arguments> drifts() {
    return Stream.of(
        Arguments.of("source", copy("active", "arn:old", 14, KEY, null)),
        Arguments.of("backupRetentionDays", copy("active", "arn:db", 7, KEY, null)),
        Arguments.of("kmsKey", copy("active", "arn:db", 14, "", null)));
  }

  @ParameterizedTest
  @MethodSource("drifts")
  void eachOwnedFieldIsADifferenceOfItsOwn(String field, BackupCopy drifted) {
    assertThat(RULES.differences(WANT, drifted))
        .extracting(Difference::field)
        .containsExactly(field);
  }

  @Test
  void isWantedWithADatabaseUnlessDeclined() {
    assertThat(RULES.wanted(shop().build())).isTrue();
    assertThat(RULES.wanted(shop().database(null).build())).isFalse();
    assertThat(RULES.wanted(shop().recovery(null).build())).isFalse();
    assertThat(RULES.wanted(shop().recovery(new Recovery("x", false, true, true)).build()))
        .isFalse();
  }

  @Test
  void waitsForTheDatabase() {
    assertThat(RULES.desired(shop().build(), new KnownUpstream()))
        .isEqualTo(new Desired.Waiting<>("waiting for the database"));
  }

  @Test
  void namesTheOptionThatLacksAKeyForTheRegion() {
    Upstream.Settings s = KnownUpstream.SETTINGS;
    Upstream.Settings elsewhere =
        new Upstream.Settings(
            s.accountId(), "aws", "", List.of(), "", "/", "", "eu-west-1", List.of(KEY));
    assertThat(RULES.desired(shop().build(), new KnownUpstream(elsewhere)))
        .isInstanceOfSatisfying(
            Desired.Impossible.class,
            impossible -> {
              assertThat(impossible.reason()).contains("KMS key").contains("eu-west-1");
              assertThat(impossible.nextStep()).contains("HAAPP_RECOVERY_KMS_KEY_ARNS");
            });
  }

  @ParameterizedTest
  @CsvSource({"active, true", "creating, true", "error, false", "stopped, false"})
  void isReadyWhileCopiesArriveOrAreAboutTo(String state, boolean ready) {
    assertThat(
            RULES.readiness(WANT, copy(state, "arn:db", 14, KEY, null)) instanceof Readiness.Ready)
        .isEqualTo(ready);
  }

  @Test
  void saysThatTheFirstCopyIsStillToCome() {
    assertThat(RULES.remark(copy("creating", "arn:db", 14, KEY, null))).contains("first copy");
    assertThat(RULES.remark(copy("active", "arn:db", 14, KEY, Instant.EPOCH))).isEmpty();
  }

  /** Columns: is the database still asked for, protection, policy, whether copying goes on. */
  @ParameterizedTest
  @CsvSource({
    "true,  true,  SNAPSHOT, false",
    "true,  false, RETAIN,   false",
    "false, true,  DELETE,   true",
    "false, false, RETAIN,   true",
    "false, false, SNAPSHOT, false",
    "false, false, DELETE,   false",
  })
  void goesOnForADatabaseThatIsKeptAndStopsOtherwise(
      boolean asked, boolean protection, DeletionPolicy policy, boolean goesOn) {
    SampleApp app = shop().recovery(null).deletionProtection(protection);
    App now = asked ? app.build() : app.database(null).build();
    Disposal disposal = RULES.disposal(policy, now, copy("active", "a", 1, KEY, null));
    assertThat(disposal instanceof Disposal.Retain).isEqualTo(goesOn);
  }
}
