package io.highlyavailable.operator.component.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Sensitive;
import io.highlyavailable.operator.model.TableSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TableRulesTest {
  private static final TableRules RULES = new TableRules();
  private static final TableSettings SETTINGS =
      new TableSettings(
          new TableSettings.Key("customer", "S"),
          new TableSettings.Key("orderedAt", "N"),
          true,
          "expires",
          DeletionPolicy.SNAPSHOT);
  private static final App APP = SampleApp.named("shop").table(SETTINGS).build();
  private static final TableDesired WANT = known(APP);

  private static TableDesired known(App app) {
    return ((Desired.Known<TableDesired>) RULES.desired(app, new KnownUpstream())).state();
  }

  private static Table table(Table.Keys keys, Table.Settings settings) {
    return new Table(WANT.name(), "arn", "ACTIVE", "id/2026", keys, settings, Map.of());
  }

  private static Table table() {
    return table(WANT.keys(), WANT.settings());
  }

  private static Table in(String state) {
    Table t = table();
    return new Table(t.name(), t.id(), state, t.incarnation(), t.keys(), t.settings(), t.tags());
  }

  @Test
  void isBilledByRequestProtectedAndRecoverable() {
    assertThat(WANT.keys()).isEqualTo(new Table.Keys("customer S", "orderedAt N"));
    assertThat(WANT.settings()).isEqualTo(new Table.Settings(true, true, true, "expires"));
  }

  @Test
  void needsNoSortKeyAndNoTimeToLive() {
    TableDesired bare =
        known(
            SampleApp.named("shop")
                .deletionProtection(false)
                .table(
                    new TableSettings(
                        new TableSettings.Key("id", "B"), null, false, "", DeletionPolicy.DELETE))
                .build());
    assertThat(bare.keys()).isEqualTo(new Table.Keys("id B", ""));
    assertThat(bare.settings()).isEqualTo(new Table.Settings(true, false, false, ""));
  }

  @Test
  void isWantedInPlaceOfADatabaseOnRds() {
    assertThat(RULES.wanted(APP)).isTrue();
    assertThat(RULES.wanted(SampleApp.named("shop").build())).isFalse();
  }

  @Test
  void hasNoDifferenceWhenAllIsAsWanted() {
    assertThat(RULES.differences(WANT, table())).isEmpty();
  }

  static Stream<Arguments> drifts() {
    Table.Settings s = WANT.settings();
    Table.Keys k = WANT.keys();
    return Stream.of(
        Arguments.of(
            table(k, new Table.Settings(false, true, true, "expires")),
            new Difference("billingMode", "PAY_PER_REQUEST", "PROVISIONED", Impact.IN_PLACE)),
        Arguments.of(
            table(k, new Table.Settings(true, false, true, "expires")),
            new Difference("deletionProtection", "true", "false", Impact.IN_PLACE)),
        Arguments.of(
            table(k, s.withPointInTimeRecovery(false)),
            new Difference("pointInTimeRecovery", "true", "false", Impact.IN_PLACE)),
        Arguments.of(
            table(k, s.withTimeToLiveAttribute("")),
            new Difference("timeToLiveAttribute", "expires", "none", Impact.IN_PLACE)),
        Arguments.of(
            table(k, s.withTimeToLiveAttribute("other")),
            new Difference("timeToLiveAttribute", "expires", "other", Impact.IN_PLACE)),
        Arguments.of(
            table(new Table.Keys("customer N", "orderedAt N"), s),
            new Difference("partitionKey", "customer S", "customer N", Impact.REPLACING)),
        Arguments.of(
            table(new Table.Keys("customer S", ""), s),
            new Difference("sortKey", "orderedAt N", "none", Impact.REPLACING)));
  }

  @ParameterizedTest
  @MethodSource("drifts")
  void eachOwnedFieldIsADifferenceOfItsOwn(Table drifted, Difference expected) {
    assertThat(RULES.differences(WANT, drifted)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "CREATING, Progressing, true, false",
    "ACTIVE, Ready, false, false",
    "UPDATING, Ready, true, false",
    "DELETING, Progressing, true, true",
    "INACCESSIBLE_ENCRYPTION_CREDENTIALS, Failed, false, false",
    "ARCHIVING, Failed, false, false",
    "ARCHIVED, Failed, false, false",
    "REPLICATION_NOT_AUTHORIZED, Failed, false, false",
    "SOMETHING_NEW, Progressing, false, false",
  })
  void knowsWhatEachStateMeans(
      String state, String readiness, boolean inTransition, boolean deleting) {
    Table actual = in(state);
    Readiness found = RULES.readiness(WANT, actual);
    assertThat(found.getClass().getSimpleName()).isEqualTo(readiness);
    assertThat(actual.inTransition()).isEqualTo(inTransition);
    assertThat(actual.deleting()).isEqualTo(deleting);
    if (found instanceof Readiness.Failed(String reason, String nextStep)) {
      assertThat(reason).contains(state);
      assertThat(nextStep).isNotBlank();
    }
  }

  @Test
  void leavesAsItsPolicySays() {
    assertThat(RULES.disposal(DeletionPolicy.DELETE, APP, table()))
        .isEqualTo(new Disposal.Delete());
    assertThat(RULES.disposal(DeletionPolicy.RETAIN, APP, table()))
        .isInstanceOf(Disposal.Retain.class);
    assertThat(RULES.disposal(DeletionPolicy.SNAPSHOT, APP, table()))
        .isInstanceOf(Disposal.SnapshotThenDelete.class);
  }

  @Test
  void namesOneFinalBackupForEachRemovalOfEachTable() {
    String name = backup(APP, table());
    assertThat(name)
        .matches("ha-shop-[a-z2-7]{13}-final-[a-z2-7]{8}")
        .isEqualTo(backup(APP, in("UPDATING")));
    App later = SampleApp.named("shop").generation(2).table(SETTINGS).build();
    assertThat(backup(later, table())).as("another removal").isNotEqualTo(name);
    Table successor =
        new Table(WANT.name(), "arn", "ACTIVE", "id2/2027", WANT.keys(), WANT.settings(), Map.of());
    assertThat(backup(APP, successor)).as("another table").isNotEqualTo(name);
  }

  private static String backup(App app, Table table) {
    return ((Disposal.SnapshotThenDelete) RULES.disposal(DeletionPolicy.SNAPSHOT, app, table))
        .snapshotName();
  }

  @Test
  void bindsItsNameAndRegionOnceItIsThere() {
    assertThat(RULES.binding(APP, in("CREATING"), new KnownUpstream())).isEmpty();
    var binding = RULES.binding(APP, table(), new KnownUpstream()).orElseThrow();
    assertThat(binding.suffix()).isEqualTo("database");
    assertThat(binding.type()).isEqualTo("dynamodb");
    assertThat(binding.data())
        .isEqualTo(
            Map.of(
                "table", new Sensitive(APP.resourceName()), "region", new Sensitive("us-east-1")));
  }

  @Test
  void generatesNoSecret() {
    assertThat(RULES.generatedSecrets(APP).lengths()).isEmpty();
    assertThat(List.copyOf(RULES.dependsOn())).isEmpty();
  }
}
