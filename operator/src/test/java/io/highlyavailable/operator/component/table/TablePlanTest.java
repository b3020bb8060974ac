package io.highlyavailable.operator.component.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailure.Kind;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.operator.model.TableSettings;
import io.highlyavailable.operator.plan.AppView;
import io.highlyavailable.operator.plan.Attempt;
import io.highlyavailable.operator.plan.ChangeGate;
import io.highlyavailable.operator.plan.HeldChanges;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.plan.Planner;
import io.highlyavailable.operator.plan.Recorded;
import io.highlyavailable.operator.plan.Report;
import io.highlyavailable.operator.plan.Standing;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the planner does with a table, from its creation to its end. */
class TablePlanTest {
  private static final TableRules RULES = new TableRules();
  private static final Planner PLANNER = new Planner(List.of(RULES));
  private static final String ARN = "arn:aws:dynamodb:us-east-1:1:table/ha-shop";

  private final App app = sample().build();
  private final TableDesired want =
      ((Desired.Known<TableDesired>) RULES.desired(app, new KnownUpstream())).state();

  private static SampleApp sample() {
    return SampleApp.named("shop").table(settings(DeletionPolicy.SNAPSHOT));
  }

  private static TableSettings settings(DeletionPolicy policy) {
    return new TableSettings(new TableSettings.Key("id", "S"), null, true, "expires", policy);
  }

  /** What the planner would have tagged it with. */
  private static Map<String, String> tags(App app) {
    Map<String, String> tags = new TreeMap<>(app.tags());
    tags.putAll(OwnershipTags.of(app.identity(), "table"));
    tags.put(OwnershipTags.DELETION_POLICY, RULES.deletionPolicy(app).name());
    return tags;
  }

  private Table table(String state, Table.Settings settings, Map<String, String> tags) {
    return new Table(want.name(), ARN, state, "id/2026", want.keys(), settings, tags);
  }

  private Table asWanted() {
    return table("ACTIVE", want.settings(), tags(app));
  }

  private static Observation<Table> present(Table table) {
    return new Observation.Present<>(table);
  }

  private static Plan plan(App app, Observation<Table> seen, Attempt attempt, Recorded recorded) {
    return PLANNER.plan(
        new AppView(
            app,
            KnownUpstream.SETTINGS,
            Map.of(TableRules.NAME, seen),
            Map.of(TableRules.NAME, attempt),
            recorded,
            Map.of(),
            Map.of(),
            Set.of(),
            null,
            true,
            ChangeGate.OPEN));
  }

  private static Plan plan(App app, Observation<Table> seen) {
    return plan(app, seen, Attempt.NONE, Recorded.NOTHING);
  }

  private static @Nullable Action<?, ?> action(Plan plan) {
    return plan.action(TableRules.NAME).orElse(null);
  }

  private static Report report(Plan plan) {
    return plan.reports().getFirst();
  }

  private static Attempt failed(Kind kind, String code) {
    var failure = new CloudFailure(kind, "dynamodb:CreateTable", code, "why", "do this", false);
    return new Attempt(false, failure, null);
  }

  private static Recorded seenBefore() {
    return new Recorded(
        Map.of(TableRules.NAME, ARN),
        Set.of(),
        List.of(),
        List.of(),
        "",
        "",
        "",
        HeldChanges.NONE,
        Map.of());
  }

  @Test
  void createsItWithTagsThatSayWhoseItIsAndHowItLeaves() {
    Plan plan = plan(app, new Observation.Absent<>());
    assertThat(action(plan))
        .isInstanceOfSatisfying(
            Action.Create.class, create -> assertThat(create.tags()).isEqualTo(tags(app)));
    assertThat(report(plan).message()).isEqualTo("being created");
    assertThat(plan.waitingFor()).contains("database");
  }

  @Test
  void doesNothingWhileNothingIsKnown() {
    assertThat(action(plan(app, new Observation.Unknown<>("waiting for the first listing"))))
        .isNull();
  }

  @Test
  void waitsForANewTableToBecomeActiveBeforeItSetsTheRest() {
    var bare = new Table.Settings(true, true, false, "");
    Plan creating = plan(app, present(table("CREATING", bare, tags(app))));
    assertThat(action(creating)).isNull();
    assertThat(creating.bindings()).isEmpty();

    Plan active = plan(app, present(table("ACTIVE", bare, tags(app))));
    assertThat(action(active))
        .isInstanceOfSatisfying(
            Action.Update.class,
            update ->
                assertThat(update.changes().toString())
                    .contains("pointInTimeRecovery", "timeToLiveAttribute"));
    assertThat(report(active).ready()).as("not before it is recoverable").isFalse();
  }

  @Test
  void isReadyWithItsBindingWhenAllIsAsWanted() {
    Plan plan = plan(app, present(asWanted()));
    assertThat(action(plan)).isNull();
    assertThat(report(plan).standing()).isEqualTo(Standing.READY);
    assertThat(plan.bindings())
        .singleElement()
        .satisfies(b -> assertThat(b.type()).isEqualTo("dynamodb"));
  }

  @ParameterizedTest
  @CsvSource({
    "false, true, true, expires, billingMode",
    "true, false, true, expires, deletionProtection",
    "true, true, false, expires, pointInTimeRecovery",
    "true, true, true, other, timeToLiveAttribute",
  })
  void putsBackEachOwnedField(
      boolean onDemand, boolean protection, boolean recovery, String attribute, String field) {
    var drifted = new Table.Settings(onDemand, protection, recovery, attribute);
    Plan plan = plan(app, present(table("ACTIVE", drifted, tags(app))));
    assertThat(((Action.Update<?, ?>) action(plan)).changes())
        .extracting(Difference::field)
        .containsExactly(field);
    assertThat(report(plan).drift()).hasSize(1);

    Plan busy = plan(app, present(table("UPDATING", drifted, tags(app))));
    assertThat(action(busy)).as("while DynamoDB is at work").isNull();
  }

  @Test
  void refusesAnotherKey() {
    Table other =
        new Table(
            want.name(),
            ARN,
            "ACTIVE",
            "i",
            new Table.Keys("pk S", ""),
            want.settings(),
            tags(app));
    Plan plan = plan(app, present(other));
    assertThat(action(plan)).isNull();
    assertThat(report(plan).standing()).isEqualTo(Standing.FAILED);
    assertThat(report(plan).message())
        .contains("cannot be changed without replacing it: partitionKey");
  }

  @ParameterizedTest
  @CsvSource({
    "DENIED, AccessDeniedException, FAILED",
    "QUOTA, LimitExceededException, FAILED",
    "INVALID, ValidationException, FAILED",
    "THROTTLED, ThrottlingException, PROGRESSING",
    "CONFLICT, ResourceInUseException, PROGRESSING",
    "UNAVAILABLE, InternalServerError, PROGRESSING",
  })
  void letsTheProvidersErrorSpeak(Kind kind, String code, Standing standing) {
    Plan plan = plan(app, new Observation.Absent<>(), failed(kind, code), Recorded.NOTHING);
    assertThat(report(plan).standing()).isEqualTo(standing);
    assertThat(report(plan).message()).isEqualTo("dynamodb:CreateTable: " + code + ": why");
    assertThat(report(plan).nextStep()).isEqualTo("do this");
    assertThat(action(plan)).as("tried again").isInstanceOf(Action.Create.class);
  }

  @Test
  void neverRecreatesAVanishedTableEmpty() {
    Plan plan = plan(app, new Observation.Absent<>(), Attempt.NONE, seenBefore());
    assertThat(action(plan)).isNull();
    assertThat(report(plan).message()).startsWith("DataLossSuspected: " + ARN);
    assertThat(report(plan).nextStep()).isNotBlank();
  }

  @Test
  void leavesAForeignTwinAlone() {
    Plan plan = plan(app, present(table("ACTIVE", want.settings(), Map.of("owner", "other"))));
    assertThat(action(plan)).isNull();
    assertThat(report(plan).standing()).isEqualTo(Standing.FAILED);
    assertThat(report(plan).message()).contains("is not this app's");
    assertThat(plan.bindings()).isEmpty();
  }

  @Test
  void takesBackATableThatWasKeptForAnEarlierAppOfTheName() {
    Map<String, String> kept = tags(app);
    kept.put(OwnershipTags.UID, "uid-of-the-deleted-one");
    kept.put(OwnershipTags.RETAINED, "SNAPSHOT");
    Plan plan = plan(app, present(table("ACTIVE", want.settings(), kept)));
    assertThat(action(plan))
        .isInstanceOfSatisfying(
            Action.Tag.class,
            tag -> {
              assertThat(tag.set()).isEqualTo(Map.of(OwnershipTags.UID, app.identity().uid()));
              assertThat(tag.remove().toString()).contains(OwnershipTags.RETAINED);
            });
  }

  private App without(boolean protection) {
    return SampleApp.named("shop").database(null).deletionProtection(protection).build();
  }

  private Table ownedBy(DeletionPolicy policy) {
    return table("ACTIVE", want.settings(), tags(sample().table(settings(policy)).build()));
  }

  @ParameterizedTest
  @EnumSource
  void keepsItUnderProtectionWhateverThePolicy(DeletionPolicy policy) {
    Plan plan = plan(without(true), present(ownedBy(policy)), Attempt.NONE, seenBefore());
    assertThat(action(plan))
        .isInstanceOfSatisfying(
            Action.Tag.class,
            tag -> assertThat(tag.set()).isEqualTo(Map.of(OwnershipTags.RETAINED, policy.name())));
  }

  @ParameterizedTest
  @EnumSource
  void leavesAsThePolicyInForceSays(DeletionPolicy policy) {
    Plan plan = plan(without(false), present(ownedBy(policy)), Attempt.NONE, seenBefore());
    switch (policy) {
      case DELETE ->
          assertThat(((Action.Delete<?, ?>) action(plan)).disposal())
              .isEqualTo(new Disposal.Delete());
      case RETAIN -> assertThat(action(plan)).isInstanceOf(Action.Tag.class);
      case SNAPSHOT -> {
        var disposal =
            (Disposal.SnapshotThenDelete) ((Action.Delete<?, ?>) action(plan)).disposal();
        assertThat(disposal.snapshotName()).startsWith(want.name() + "-final-");
        assertThat(plan.removal().finalSnapshots()).containsExactly(disposal.snapshotName());
      }
    }
  }

  @Test
  void waitsWithItsDeletionWhileDynamoDbIsAtWork() {
    Table busy = table("UPDATING", want.settings(), ownedBy(DeletionPolicy.DELETE).tags());
    Plan plan = plan(without(false), present(busy), Attempt.NONE, seenBefore());
    assertThat(action(plan)).isNull();
    assertThat(plan.removal().blockedBy().toString()).contains("UPDATING");
  }
}
