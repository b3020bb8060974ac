package io.highlyavailable.operator.component.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Recovery;
import io.highlyavailable.operator.model.TableSettings;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableReplicaRulesTest {
  private static final TableReplicaRules RULES = new TableReplicaRules();
  private static final String HOME = "us-east-1";
  private static final String AWAY = KnownUpstream.RECOVERY_REGION;
  private static final TableSettings SETTINGS =
      new TableSettings(new TableSettings.Key("id", "S"), null, true, "", DeletionPolicy.SNAPSHOT);
  private static final TableReplicaDesired WANT =
      new TableReplicaDesired("ha-shop", "arn:table", HOME, "ACTIVE", true, true);

  private static SampleApp shop() {
    return SampleApp.named("shop").table(SETTINGS).recovery(new Recovery(AWAY, true, true, true));
  }

  private static Table table(String state, Map<String, String> replicas) {
    return new Table(
        "ha-shop",
        "arn:table",
        state,
        "id/2026",
        new Table.Keys("id S", ""),
        new Table.Settings(true, true, true, ""),
        Map.of(),
        replicas);
  }

  private static TableReplica replica(String state, boolean protection, boolean recovery) {
    return new TableReplica("ha-shop", "arn:replica", state, Set.of(HOME), protection, recovery);
  }

  private static TableReplica ofAnotherTable() {
    return new TableReplica("ha-shop", "arn:other", "ACTIVE", Set.of("eu-west-1"), false, false);
  }

  @Test
  void isWantedWithATableUnlessDeclined() {
    assertThat(RULES.wanted(shop().build())).isTrue();
    assertThat(RULES.wanted(SampleApp.named("shop").recovery(shop().build().recovery()).build()))
        .isFalse();
    assertThat(RULES.wanted(shop().recovery(null).build())).isFalse();
    assertThat(RULES.wanted(shop().recovery(new Recovery(AWAY, true, true, false)).build()))
        .isFalse();
  }

  @Test
  void waitsForTheTable() {
    assertThat(RULES.desired(shop().build(), new KnownUpstream()))
        .isEqualTo(new Desired.Waiting<>("waiting for the table"));
  }

  @Test
  void isAsProtectedAndAsRestorableAsTheTable() {
    App app = shop().deletionProtection(false).build();
    KnownUpstream upstream = new KnownUpstream().ready(table("ACTIVE", Map.of(AWAY, "ACTIVE")));
    assertThat(RULES.desired(app, upstream))
        .isEqualTo(
            new Desired.Known<>(
                new TableReplicaDesired(
                    app.resourceName(), "arn:table", HOME, "ACTIVE", false, true)));
  }

  @ParameterizedTest
  @CsvSource({"false, true, deletionProtection", "true, false, pointInTimeRecovery"})
  void eachOwnedFieldIsADifferenceOfItsOwn(boolean protection, boolean recovery, String field) {
    assertThat(RULES.differences(WANT, replica("ACTIVE", protection, recovery)))
        .extracting(Difference::field)
        .containsExactly(field);
    assertThat(RULES.differences(WANT, replica("ACTIVE", true, true))).isEmpty();
  }

  @Test
  void isMadeOfAnActiveTableOnly() {
    KnownUpstream active = new KnownUpstream().ready(table("ACTIVE", Map.of()));
    KnownUpstream updating = new KnownUpstream().ready(table("UPDATING", Map.of()));
    assertThat(RULES.uncreatable(shop().build(), active)).isEmpty();
    assertThat(RULES.uncreatable(shop().build(), updating))
        .contains(new Desired.Waiting<>("waiting for the table, which is UPDATING"));
  }

  @Test
  void oneThatCouldNotBeMadeIsToldByTheTable() {
    KnownUpstream upstream =
        new KnownUpstream().ready(table("ACTIVE", Map.of(AWAY, "CREATION_FAILED")));
    assertThat(RULES.uncreatable(shop().build(), upstream))
        .hasValueSatisfying(
            it ->
                assertThat(it)
                    .isInstanceOfSatisfying(
                        Desired.Impossible.class,
                        impossible -> {
                          assertThat(impossible.reason()).contains("CREATION_FAILED");
                          assertThat(impossible.nextStep()).contains("--replica-updates");
                        }));
  }

  @ParameterizedTest
  @CsvSource({
    "ACTIVE,   ACTIVE,   Ready",
    "UPDATING, ACTIVE,   Ready",
    "CREATING, CREATING, Progressing",
    "ACTIVE,   '',       Ready",
    "ACTIVE,   REPLICATION_NOT_AUTHORIZED,          Failed",
    "ACTIVE,   REGION_DISABLED,                     Failed",
    "INACCESSIBLE_ENCRYPTION_CREDENTIALS, ACTIVE,   Failed",
    "ARCHIVED, ACTIVE,   Failed",
  })
  void readinessIsTheWorseOfWhatBothRegionsSay(String here, String fromHome, String expected) {
    TableReplicaDesired want =
        new TableReplicaDesired("ha-shop", "arn:table", HOME, fromHome, true, true);
    assertThat(RULES.readiness(want, replica(here, true, true)).getClass().getSimpleName())
        .isEqualTo(expected);
  }

  @Test
  void aReplicaOfAnotherTableIsLeftAlone() {
    assertThat(RULES.differences(WANT, ofAnotherTable())).isEmpty();
    assertThat(RULES.readiness(WANT, ofAnotherTable())).isInstanceOf(Readiness.Failed.class);
    App app = shop().deletionProtection(false).build();
    assertThat(RULES.disposal(DeletionPolicy.DELETE, app, ofAnotherTable()))
        .isInstanceOf(Disposal.Retain.class);
  }

  @ParameterizedTest
  @CsvSource({
    "true,  DELETE,   true",
    "false, RETAIN,   true",
    "false, SNAPSHOT, false",
    "false, DELETE,   false",
  })
  void goesOnlyUnprotectedAndByAPolicyThatSaysSo(
      boolean protection, DeletionPolicy policy, boolean stays) {
    App app = shop().recovery(null).deletionProtection(protection).build();
    assertThat(RULES.disposal(policy, app, replica("ACTIVE", true, true)))
        .isInstanceOf(stays ? Disposal.Retain.class : Disposal.Delete.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATING", "UPDATING", "DELETING"})
  void nothingIsSentWhileItChanges(String state) {
    assertThat(replica(state, true, true).inTransition()).isTrue();
  }
}
