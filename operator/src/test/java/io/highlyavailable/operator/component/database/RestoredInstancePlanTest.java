package io.highlyavailable.operator.component.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.AwsCatalogue;
import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Module;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.operator.model.RestoreTest;
import io.highlyavailable.operator.plan.AppView;
import io.highlyavailable.operator.plan.ChangeGate;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.plan.Planner;
import io.highlyavailable.operator.plan.Recorded;
import io.highlyavailable.operator.plan.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the planner makes of a temporary instance. */
class RestoredInstancePlanTest {
  private static final Planner PLANNER =
      new Planner(AwsCatalogue.modules().stream().<Component<?, ?>>map(Module::component).toList());

  private static final RestoreTest WEEKLY =
      new RestoreTest(Duration.ofDays(7), "db.t4g.small", Duration.ofHours(4), null);
  private static final RestoreTest.Run RUN = new RestoreTest.Run(Instant.EPOCH, "");

  private static SampleApp shop() {
    return SampleApp.named("shop").restoreTest(WEEKLY);
  }

  private static Database instance(App app, String state, Map<String, String> tags) {
    return new Database(
        app.resourceName() + "-verify",
        "arn:verify",
        state,
        "id/1",
        "postgres",
        "17.2",
        new Database.Settings(
            "db.t4g.small",
            50,
            null,
            "gp3",
            false,
            false,
            14,
            "",
            "",
            false,
            false,
            false,
            "g",
            new TreeSet<>(Set.of("sg"))),
        true,
        new Database.Endpoint("verify", 5432),
        "app_shop",
        "haadmin",
        new Database.Parameters("default.postgres17", "in-sync"),
        false,
        null,
        tags);
  }

  private static Map<String, String> ours(App app) {
    Map<String, String> tags = new TreeMap<>(app.tags());
    tags.putAll(OwnershipTags.of(app.identity(), "database-verification"));
    tags.put("highlyavailable.io/purpose", "restore-verification");
    return tags;
  }

  private static Plan plan(App app, Observation<Database> seen) {
    return PLANNER.plan(
        new AppView(
            app,
            KnownUpstream.SETTINGS,
            Map.of(RestoredInstanceRules.NAME, seen),
            Map.of(),
            Recorded.NOTHING,
            Map.of(),
            Map.of(),
            Set.of(),
            null,
            true,
            ChangeGate.OPEN));
  }

  private static Optional<Report> report(Plan plan) {
    return plan.reports().stream()
        .filter(it -> it.name().equals("database-verification"))
        .findFirst();
  }

  @Test
  void oneThatNobodyRecordedIsFoundAndDeleted() {
    App app = shop().build();
    Plan plan = plan(app, new Observation.Present<>(instance(app, "available", ours(app))));
    assertThat(plan.action(RestoredInstanceRules.NAME).orElseThrow())
        .isInstanceOf(Action.Delete.class);
    assertThat(report(plan).orElseThrow().ready()).isTrue();
    assertThat(plan.removal().complete()).as("nothing that the app waits for").isTrue();
    assertThat(plan.removing(RestoredInstanceRules.NAME).actions())
        .containsOnlyKeys(RestoredInstanceRules.NAME);
  }

  @Test
  void itIsDeletedAlsoWhenVerificationIsDeclinedMeanwhile() {
    App app = SampleApp.named("shop").build();
    Plan plan = plan(app, new Observation.Present<>(instance(app, "available", ours(app))));
    assertThat(plan.action(RestoredInstanceRules.NAME).orElseThrow())
        .isInstanceOf(Action.Delete.class);
  }

  @Test
  void anotherOwnersIsLeftAlone() {
    App app = shop().build();
    Map<String, String> theirs = ours(SampleApp.named("other").build());
    assertThat(plan(app, new Observation.Present<>(instance(app, "available", theirs))))
        .satisfies(
            plan -> {
              assertThat(plan.action(RestoredInstanceRules.NAME)).isEmpty();
              assertThat(report(plan)).isEmpty();
            });
  }

  @Test
  void withoutOneThereIsNothingToSay() {
    assertThat(report(plan(shop().build(), new Observation.Absent<>()))).isEmpty();
    assertThat(report(plan(shop().build(), new Observation.Unknown<>("not yet")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"creating", "modifying", "available", "incompatible-restore"})
  void whileItIsOnTheAppIsAsReadyAsBeforeAndNothingHasDrifted(String state) {
    App app = shop().build().verifying(RUN);
    Plan plan = plan(app, new Observation.Present<>(instance(app, state, ours(app))));
    Report report = report(plan).orElseThrow();
    assertThat(report.ready()).isTrue();
    assertThat(report.drift()).isEmpty();
  }
}
