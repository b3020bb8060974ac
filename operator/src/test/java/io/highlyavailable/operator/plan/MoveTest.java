package io.highlyavailable.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Instances;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BucketSettings;
import io.highlyavailable.operator.model.ChangeRules;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Disruptive;
import io.highlyavailable.operator.model.MaintenanceWindow;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.operator.plan.FakeComponent.Trait;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * An app that moves between pods and instances keeps the old side until the new one is approved.
 */
class MoveTest {
  private static final FakeComponent<FakeRow.Group> GROUP =
      component(
          Compute.GROUP.value(), FakeRow.Group.class, Set.of(), app -> app.instances().isPresent());

  private static final FakeComponent<FakeRow.Role> ROLE =
      component(
          "role", FakeRow.Role.class, Set.of(Trait.POD_ROLE), app -> app.instances().isEmpty());

  private static final Handover PODS_STARTING = new Handover(false, false, false);
  private static final Handover PODS_LEFT = new Handover(false, true, true);

  private final SampleApp pods =
      SampleApp.named("shop")
          .database(null)
          .sessionStore(null)
          .bucket(new BucketSettings(true, 90, DeletionPolicy.SNAPSHOT));

  private final Map<ComponentName, Observation<?>> seen = new HashMap<>();
  private HeldChanges approved = HeldChanges.NONE;

  private static <R extends FakeRow> FakeComponent<R> component(
      String name, Class<R> type, Set<Trait> traits, Predicate<App> wanted) {
    return new FakeComponent<>(
        name, type, List.of(), wanted, traits, app -> DeletionPolicy.RETAIN, "");
  }

  private Plan plan(App app, Handover handover) {
    see(app, GROUP, new FakeRow.Group(thing(app, GROUP)));
    see(app, ROLE, new FakeRow.Role(thing(app, ROLE)));
    ChangeRules rules =
        new ChangeRules(
            Disruptive.MAINTENANCE_WINDOW,
            MaintenanceWindow.parse("sun:03:00-sun:04:00"),
            approved.hash());
    Recorded recorded =
        new Recorded(
            Map.of(GROUP.name(), "arn:group", ROLE.name(), "arn:role"),
            Set.of(),
            List.of(),
            List.of(),
            "",
            "",
            "",
            approved,
            Map.of());
    return new Planner(List.<Component<?, ?>>of(GROUP, ROLE))
        .plan(
            new AppView(
                app,
                PlanCase.settings(PlanCase.ACCOUNT, ""),
                seen,
                Map.of(),
                recorded,
                Map.of(),
                Map.of(),
                Set.of(),
                null,
                true,
                ChangeGate.at(Instant.parse("2026-11-23T12:00:00Z"), rules, approved)),
            handover);
  }

  private void see(App app, FakeComponent<?> component, FakeRow row) {
    seen.putIfAbsent(component.name(), new Observation.Present<>(row));
  }

  private static FakeRow.Thing thing(App app, FakeComponent<?> component) {
    return new FakeRow.Thing(
        app.resourceName(),
        "arn:" + component.text(),
        OwnershipTags.of(app.identity(), component.text()),
        "available",
        Map.of());
  }

  private boolean removed(Plan plan, FakeComponent<?> component) {
    return plan.actions().get(component.name()) instanceof Action.Delete<?, ?>;
  }

  private Report report(Plan plan, FakeComponent<?> component) {
    return plan.reports().stream()
        .filter(report -> report.name().equals(component.text()))
        .findFirst()
        .orElseThrow();
  }

  private App onInstances() {
    return pods.instances(Instances.SETTINGS).build();
  }

  @Test
  void instancesStayUntilThePodsServe() {
    Plan plan = plan(pods.build(), PODS_STARTING);
    assertThat(removed(plan, GROUP)).isFalse();
    assertThat(report(plan, GROUP).ready()).isTrue();
    assertThat(report(plan, GROUP).message()).isEqualTo("serves until the other side does");
    assertThat(plan.held().changes()).isEmpty();
    assertThat(plan.turn()).isEqualTo(new Plan.Turn(false, false));
    assertThat(plan.removal().blockedBy()).isEmpty();
  }

  @Test
  void instancesThatArePodsNowWaitForApproval() {
    Plan plan = plan(pods.build(), Handover.NONE);
    assertThat(removed(plan, GROUP)).isFalse();
    assertThat(report(plan, GROUP).nextStep()).contains("approved-plan");
    assertThat(plan.held().changes())
        .extracting(HeldChanges.Change::summary)
        .containsExactly("instances -> containers: the instances are removed");
    assertThat(plan.turn()).isEqualTo(new Plan.Turn(true, false));
  }

  @Test
  void instancesGoOnceThatIsApproved() {
    approved = plan(pods.build(), Handover.NONE).held();
    assertThat(removed(plan(pods.build(), Handover.NONE), GROUP)).isTrue();
    assertThat(removed(plan(pods.build(), PODS_STARTING), GROUP))
        .as("the pods failed meanwhile")
        .isFalse();
  }

  @Test
  void anotherChangeIsNotApprovedWithIt() {
    approved = HeldChanges.of(List.of(new HeldChanges.Change("store", true, "class a -> b")));
    assertThat(removed(plan(pods.build(), Handover.NONE), GROUP)).isFalse();
  }

  @Test
  void nothingMovesWhereThereIsNoGroup() {
    seen.put(GROUP.name(), new Observation.Absent<>());
    Plan plan = plan(pods.build(), PODS_STARTING);
    assertThat(plan.turn()).isEqualTo(Plan.Turn.DONE);
    assertThat(plan.held().changes()).isEmpty();
  }

  @Test
  void nothingIsRemovedWhileItIsNotKnownWhetherThereIsAGroup() {
    seen.put(GROUP.name(), new Observation.Unknown<>("waiting for the first listing"));
    assertThat(plan(pods.build(), PODS_STARTING).turn().oldMayGo()).isFalse();
  }

  @Test
  void podsKeepTheirRoleUntilTheirRemovalIsApproved() {
    Plan waiting = plan(onInstances(), PODS_LEFT);
    assertThat(removed(waiting, ROLE)).isFalse();
    assertThat(waiting.turn()).isEqualTo(new Plan.Turn(true, false));
    approved = waiting.held();
    Plan going = plan(onInstances(), PODS_LEFT);
    assertThat(going.turn()).isEqualTo(new Plan.Turn(true, true));
    assertThat(removed(going, ROLE)).isTrue();
  }

  @Test
  void anAppThatIsDeletedWaitsForNobody() {
    App deleting = pods.deleting(true).build();
    assertThat(removed(plan(deleting, PODS_STARTING), GROUP)).isTrue();
  }
}
