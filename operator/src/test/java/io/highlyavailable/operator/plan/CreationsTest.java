package io.highlyavailable.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.operator.plan.FakeComponent.Trait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A resource that the provider would make twice is asked for once, whatever dies in between. */
class CreationsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration SETTLED = Duration.ofSeconds(90);
  private static final FakeComponent<FakeRow.Role> ADDRESS =
      new FakeComponent<>(
          "role",
          FakeRow.Role.class,
          List.of(),
          app -> app.bucketSettings().isPresent(),
          Set.of(Trait.MADE_TWICE),
          app -> DeletionPolicy.RETAIN,
          "");
  private static final ComponentName NAME = ADDRESS.name();

  private final App app = SampleApp.named("shop").build();
  private final App without = SampleApp.named("shop").bucket(null).build();

  private static Plan plan(
      App wanted, Observation<?> seen, Map<ComponentName, Creation> creations) {
    return plan(wanted, seen, creations, Attempt.NONE);
  }

  private static AppView view(
      App wanted, Observation<?> seen, Map<ComponentName, Creation> creations, Attempt attempt) {
    return new AppView(
        wanted,
        PlanCase.settings(PlanCase.ACCOUNT, ""),
        Map.of(NAME, seen),
        Map.of(NAME, attempt),
        Recorded.NOTHING.with(creations.keySet()),
        Map.of(),
        Map.of(),
        Set.of(),
        null,
        true,
        ChangeGate.OPEN,
        null,
        new Creations(creations, "us", NOW, SETTLED));
  }

  private static Plan plan(
      App wanted, Observation<?> seen, Map<ComponentName, Creation> creations, Attempt attempt) {
    return new Planner(List.of(ADDRESS)).plan(view(wanted, seen, creations, attempt));
  }

  private static Map<ComponentName, Creation> by(String process, Duration ago) {
    return Map.of(NAME, new Creation(process, NOW.minus(ago)));
  }

  private Observation<FakeRow> there() {
    return new Observation.Present<>(
        new FakeRow.Role(
            new FakeRow.Thing(
                app.resourceName(),
                "id",
                OwnershipTags.of(app.identity(), "role"),
                "available",
                FakeComponent.values(app))));
  }

  @Test
  void putsTheIntentOnRecordBeforeTheCall() {
    Plan plan = plan(app, new Observation.Absent<>(), Map.of());
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.creations()).isEqualTo(Map.of("role", new Creation("us", NOW)));
    assertThat(view(app, new Observation.Absent<>(), Map.of(), Attempt.NONE).promises(plan))
        .isTrue();
  }

  @Test
  void createsOnceItsOwnIntentIsOnRecord() {
    var recorded = by("us", Duration.ofHours(1));
    Plan plan = plan(app, new Observation.Absent<>(), recorded);
    assertThat(plan.action(NAME).orElseThrow()).isInstanceOf(Action.Create.class);
    assertThat(plan.creations()).containsValues(recorded.get(NAME));
    assertThat(view(app, new Observation.Absent<>(), recorded, Attempt.NONE).promises(plan))
        .isFalse();
  }

  @Test
  void waitsForWhatAnEarlierProcessMayHaveMade() {
    var recorded = by("them", SETTLED.minusSeconds(1));
    Plan plan = plan(app, new Observation.Absent<>(), recorded);
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.creations()).containsValues(recorded.get(NAME));
    assertThat(plan.reports())
        .extracting(Report::message)
        .containsExactly("waiting to learn whether an earlier operator process created it");
  }

  @Test
  void takesOverWhenTheListingsWouldShowIt() {
    Plan plan = plan(app, new Observation.Absent<>(), by("them", SETTLED));
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.creations()).containsValues(new Creation("us", NOW));
  }

  @Test
  void forgetsTheIntentWhenTheResourceIsThere() {
    assertThat(plan(app, there(), by("them", Duration.ZERO)).creations()).isEmpty();
  }

  @Test
  void keepsTheIntentWhileNothingIsKnown() {
    var recorded = by("them", Duration.ofDays(1));
    Plan plan = plan(app, new Observation.Unknown<>("waiting for the first listing"), recorded);
    assertThat(plan.creations()).containsValues(recorded.get(NAME));
  }

  @Test
  void doesNotLetAnAppGoThatAnEarlierProcessMayHaveMadeSomethingFor() {
    Plan plan = plan(without, new Observation.Absent<>(), by("them", Duration.ofSeconds(1)));
    assertThat(plan.removal().blockedBy())
        .containsExactly("role: waiting to learn whether it was created");
    assertThat(plan.creations()).isNotEmpty();
    Plan later = plan(without, new Observation.Absent<>(), by("them", SETTLED));
    assertThat(later.removal().complete()).isTrue();
    assertThat(later.creations()).isEmpty();
  }

  @Test
  void triesAgainAfterAFailureWithoutAnotherIntent() {
    CloudFailure denied =
        new CloudFailure(CloudFailure.Kind.DENIED, "ec2:Do", "Denied", "no", "ask", false);
    Plan plan =
        plan(
            app,
            new Observation.Absent<>(),
            by("us", Duration.ofHours(1)),
            new Attempt(false, denied, null));
    assertThat(plan.action(NAME)).isPresent();
  }
}
