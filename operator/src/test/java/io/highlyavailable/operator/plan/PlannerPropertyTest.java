package io.highlyavailable.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.Seeds;
import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Ownership;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What holds of every plan, whatever is seen. */
class PlannerPropertyTest {
  private static final String RUNS = "each seed is a view";
  private final Planner planner = new Planner(FakeCatalogue.ALL);

  private void everyAction(long seed, BiConsumer<AppView, FakeAction> check) {
    AppView view = new RandomViews(seed).next();
    planner
        .plan(view)
        .actions()
        .forEach(
            (name, action) ->
                check.accept(
                    view, new FakeAction(name, FakeCatalogue.named(name.value()), action)));
  }

  private record FakeAction(ComponentName name, FakeComponent<?> component, Action<?, ?> action) {
    boolean deletes() {
      return action instanceof Action.Delete<?, ?>;
    }

    boolean creates() {
      return action instanceof Action.Create<?, ?>;
    }
  }

  @Test
  void neverDeletesProtectedData() {
    Seeds.each(
        seed -> {
          everyAction(
              seed,
              (view, it) -> {
                if (view.app().deletionProtection() && it.component().holdsData()) {
                  assertThat(it.deletes()).as(RUNS).isFalse();
                }
              });
        });
  }

  @Test
  void neverDeletesDataThatIsToBeRetained() {
    Seeds.each(
        seed -> {
          everyAction(
              seed,
              (view, it) -> {
                boolean retain =
                    it.component().wanted(view.app())
                        && it.component().deletionPolicy(view.app()) == DeletionPolicy.RETAIN;
                if (retain && it.component().holdsData()) {
                  assertThat(it.deletes()).as(RUNS).isFalse();
                }
              });
        });
  }

  @Test
  void neverDeletesWhatWasAdopted() {
    Seeds.each(
        seed ->
            everyAction(
                seed,
                (view, it) -> {
                  if (it.action() instanceof Action.Delete<?, ?>(var row, var how)) {
                    assertThat(OwnershipTags.adopted(row.tags())).as(RUNS).isFalse();
                  }
                }));
  }

  /** No view has an approval. */
  @Test
  void neverMakesOrChangesWhatIsToBeAdoptedWithoutApproval() {
    Seeds.each(
        seed ->
            everyAction(
                seed,
                (view, it) -> {
                  boolean adopting =
                      !view.app().deleting()
                          && it.component()
                              .adoption()
                              .flatMap(adoption -> adoption.existing(view.app()))
                              .isPresent();
                  boolean adopted =
                      view.observation(it.name()) instanceof Observation.Present<?>(var row)
                          && OwnershipTags.adopted(row.tags());
                  if (adopting) {
                    assertThat(adopted).as(RUNS).isTrue();
                  }
                }));
  }

  @Test
  void deletesNothingButItsOwn() {
    Seeds.each(
        seed -> {
          everyAction(
              seed,
              (view, it) -> {
                if (it.deletes()) {
                  assertThat(owner(view, it)).isEqualTo(Ownership.OURS);
                }
              });
        });
  }

  @Test
  void touchesNothingForeign() {
    Seeds.each(
        seed -> {
          everyAction(
              seed,
              (view, it) -> {
                if (!it.creates()) {
                  assertThat(owner(view, it)).isNotEqualTo(Ownership.FOREIGN);
                  assertThat(it.component().managed()).isTrue();
                }
              });
        });
  }

  @Test
  void touchesNothingOfAFormerOwnerWithoutApproval() {
    Seeds.each(
        seed -> {
          everyAction(
              seed,
              (view, it) -> {
                if (!it.creates() && owner(view, it) == Ownership.FORMER_OWNER) {
                  assertThat(view.approvedFormerOwners()).isNotEmpty();
                }
              });
        });
  }

  @Test
  void createsOnlyWhatIsProvenAbsent() {
    Seeds.each(
        seed -> {
          everyAction(
              seed,
              (view, it) -> {
                if (it.creates()) {
                  assertThat(view.observation(it.name())).isInstanceOf(Observation.Absent.class);
                }
              });
        });
  }

  @Test
  void neverRecreatesDataThatWasLost() {
    Seeds.each(
        seed -> {
          everyAction(
              seed,
              (view, it) -> {
                if (it.creates() && it.component().holdsData()) {
                  assertThat(view.recorded().id(it.name())).isEmpty();
                }
              });
        });
  }

  @Test
  void writesNothingInAnAccountThatIsUnknownOrWrong() {
    Seeds.each(
        seed -> {
          AppView view = new RandomViews(seed).next();
          boolean unknown = view.settings().accountId().isEmpty();
          boolean wrong =
              FakeCatalogue.ALL.stream()
                      .anyMatch(it -> it.managed() && view.recorded().knows(it.name()))
                  && !view.recorded().accountId().equals(view.settings().accountId());
          if (unknown || wrong) {
            assertThat(planner.plan(view).actions()).isEmpty();
          }
        });
  }

  @Test
  void takesAwayNothingWhileTheWorkloadRuns() {
    Seeds.each(
        seed -> {
          AppView view = new RandomViews(seed).next();
          if (view.app().deleting() && !view.workloadGone()) {
            Plan plan = planner.plan(view);
            assertThat(plan.actions()).isEmpty();
            view.recorded().begun().forEach(name -> assertReported(plan, name));
            view.recorded().ids().keySet().stream()
                .filter(name -> FakeCatalogue.named(name.value()).managed())
                .forEach(name -> assertReported(plan, name));
          }
        });
  }

  private static void assertReported(Plan plan, ComponentName name) {
    boolean managed = FakeCatalogue.named(name.value()).managed();
    if (managed) {
      assertThat(plan.reports()).anyMatch(report -> report.name().equals(name.value()));
    }
  }

  @Test
  void goesBackwards() {
    Seeds.each(
        seed -> {
          AppView view = new RandomViews(seed).next();
          Set<ComponentName> actions = planner.plan(view).actions().keySet();
          everyAction(
              seed,
              (same, it) -> {
                if (it.deletes()) {
                  FakeCatalogue.ALL.stream()
                      .filter(other -> other.dependsOn().contains(it.name()))
                      .forEach(other -> assertThat(actions).doesNotContain(other.name()));
                }
              });
        });
  }

  @Test
  void reportsEachComponentOnceAndUpstreamFirst() {
    Seeds.each(
        seed -> {
          Plan plan = planner.plan(new RandomViews(seed).next());
          var order = FakeCatalogue.ALL.stream().map(FakeComponent::text).toList();
          var names = plan.reports().stream().map(Report::name).toList();
          assertThat(names).doesNotHaveDuplicates().isSubsetOf(order);
          assertThat(names.stream().map(order::indexOf)).isSorted();
        });
  }

  @Test
  void plansTheSameOfTheSame() {
    Seeds.each(
        seed -> {
          assertThat(planner.plan(new RandomViews(seed).next()))
              .isEqualTo(planner.plan(new RandomViews(seed).next()));
        });
  }

  @Test
  void showsNoSecret() {
    Seeds.each(
        seed -> {
          Plan plan = planner.plan(new RandomViews(seed).next());
          assertThat(plan.reports().toString() + plan.actions() + plan.removal() + plan.bindings())
              .doesNotContain("canary");
        });
  }

  private static Ownership owner(AppView view, FakeAction it) {
    return view.observation(it.name()) instanceof Observation.Present<?>(var row)
        ? OwnershipTags.classify(view.app().identity(), it.name().value(), row.tags())
        : Ownership.FOREIGN;
  }
}
