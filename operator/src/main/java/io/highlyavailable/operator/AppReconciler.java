package io.highlyavailable.operator;

import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.database.RestoredInstanceRules;
import io.highlyavailable.operator.engine.StatusPatches;
import io.highlyavailable.operator.engine.Workload;
import io.highlyavailable.operator.kubernetes.UserStep;
import io.highlyavailable.operator.kubernetes.VerificationStep;
import io.highlyavailable.operator.metrics.AppSeries;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.model.AppOutcome;
import io.highlyavailable.operator.model.ImageRollout;
import io.highlyavailable.operator.plan.AppView;
import io.highlyavailable.operator.plan.Handover;
import io.highlyavailable.operator.plan.ImageWatch;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.status.Outcome;
import io.highlyavailable.operator.status.StatusReader;
import io.highlyavailable.operator.tracing.Attribute;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Observes, plans, acts and reports, for one app at a time; never waits for a cloud. */
final class AppReconciler implements Reconciler<HighlyAvailableApp>, Cleaner<HighlyAvailableApp> {
  /** What the API server refused is tried again, because the reason may lie outside the app. */
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(10);

  /** What is removed wakes the app; this is for a status that was held back, and for a move. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);

  private static final Duration AT_ONCE = Duration.ofMillis(50);

  private final Engine engine;
  private final StatusPatches statuses;
  private final Account account;
  private final Consumer<EventSourceContext<HighlyAvailableApp>> opened;

  /**
   * @param engine what it works with
   * @param series told how each app is
   * @param opened told once when the caches are set up
   */
  AppReconciler(
      Engine engine, AppSeries series, Consumer<EventSourceContext<HighlyAvailableApp>> opened) {
    this.engine = engine;
    this.account = new Account(engine, series);
    this.statuses =
        new StatusPatches(engine.statusWrites(), engine.transitions(), engine.tracing());
    this.opened = opened;
  }

  @Override
  public List<EventSource<?, HighlyAvailableApp>> prepareEventSources(
      EventSourceContext<HighlyAvailableApp> context) {
    opened.accept(context);
    engine.protection().open(context.getPrimaryCache());
    List<EventSource<?, HighlyAvailableApp>> sources = new ArrayList<>();
    sources.add(engine.cloudEvents());
    sources.addAll(engine.store().open(context));
    return sources;
  }

  @Override
  public UpdateControl<HighlyAvailableApp> reconcile(
      HighlyAvailableApp resource, Context<HighlyAvailableApp> context) {
    seen(resource);
    return switch (engine.apps().create(resource, engine.namespaces().of(resource))) {
      case AppOutcome.Valid(App app) ->
          reconcile(
              new ImageWatch(app, StatusReader.rollout(resource.getStatus())), resource, context);
      case AppOutcome.InvalidSpec invalid -> invalid(invalid, resource, context);
    };
  }

  private void seen(HighlyAvailableApp resource) {
    engine.protection().keep(resource);
    engine.tracing().current().set(Attribute.GENERATION, resource.getMetadata().getGeneration());
  }

  private UpdateControl<HighlyAvailableApp> reconcile(
      ImageWatch image, HighlyAvailableApp resource, Context<HighlyAvailableApp> context) {
    App app = image.running();
    HighlyAvailableAppStatus before = resource.getStatus();
    String requested = requested(resource);
    boolean force = !requested.isEmpty() && !requested.equals(handled(before));
    if (force) {
      engine.clouds().refresh(app);
    }
    AppView view = engine.observer().view(app, before, false);
    UserStep step = step(app, view);
    VerificationStep verification = verification(app, before, view);
    Plan plan = engine.tracing().in("plan", span -> plan(app, view));
    Workload.Applied applied = app.paused() ? hold(app, plan) : act(app, plan, view, step, force);
    applied = applied.after(engine.verifications().apply(verification));
    Optional<ImageRollout> rollout = engine.rollouts().next(image, before, plan);
    Optional<Duration> moveAfter =
        app.paused() ? Optional.empty() : engine.spreading().rebalance(app, resource);
    Account.Done done =
        new Account.Done(
            step,
            applied,
            verification.toRecord().orElse(null),
            rollout.orElse(null),
            image.report(rollout));
    Outcome outcome = account.outcome(app, plan, view, done, requested);
    UpdateControl<HighlyAvailableApp> control =
        tooEarlyToTell(view, before)
            ? UpdateControl.noUpdate()
            : statuses.report(resource, app.key(), account.status(outcome, before), context);
    if (!plan.creations().isEmpty()) {
      return control.rescheduleAfter(view.promises(plan) ? AT_ONCE : LOOK_AGAIN);
    }
    if (control.getScheduleDelay().isPresent()) {
      return control;
    }
    if (!applied.errors().isEmpty()) {
      return control.rescheduleAfter(AFTER_REFUSAL);
    }
    if (moving(app, view) || verification.waiting()) {
      return control.rescheduleAfter(LOOK_AGAIN);
    }
    return Stream.of(engine.rollouts().left(image, rollout), moveAfter)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder())
        .map(control::rescheduleAfter)
        .orElse(control);
  }

  /** A migration needs the bindings, which only a plan has; instances wait for the migration. */
  private Plan plan(App app, AppView view) {
    Handover handover = engine.workload().handover(app, false);
    Plan plan = engine.planner().plan(view, handover);
    return engine.workload().holdsInstances(app, plan)
        ? engine.planner().plan(view, engine.workload().handover(app, true))
        : plan;
  }

  /** What leaves the old recovery region last wakes nobody. */
  private static boolean moving(App app, AppView view) {
    return !view.app().recoverySettings().equals(app.recoverySettings());
  }

  /** A restarted operator would call every app degraded until it has looked. */
  private static boolean tooEarlyToTell(AppView view, @Nullable HighlyAvailableAppStatus before) {
    return before != null
        && before.observedGeneration() != null
        && before.observedGeneration() == view.app().generation()
        && view.firstLook();
  }

  /** What is temporary costs money for nothing while its app is paused. */
  private Workload.Applied hold(App app, Plan plan) {
    engine.clouds().hold(app);
    engine.traffic().forget(app.key());
    engine.clouds().act(app, plan.removing(RestoredInstanceRules.NAME));
    return Workload.Applied.ALL;
  }

  private Workload.Applied act(App app, Plan plan, AppView view, UserStep step, boolean force) {
    Workload.Applied secrets = engine.secrets().generate(app, plan.secrets());
    Workload.Applied users = engine.users().apply(app, step);
    engine.clouds().act(app, plan);
    int floor = engine.traffic().floor(app, view.observations());
    Workload.Applied applied = engine.workload().apply(app, plan, floor, force);
    forgetSecrets(app, plan);
    return applied.after(users).after(secrets);
  }

  /** A generated secret goes with the resource it opens, and not before. */
  private void forgetSecrets(App app, Plan plan) {
    for (Component<?, ?> component : engine.planner().catalogue()) {
      boolean wanted = !app.deleting() && component.wanted(app);
      if (!wanted && !stillThere(component, plan)) {
        engine.secrets().forget(app, component);
      }
    }
  }

  private static boolean stillThere(Component<?, ?> component, Plan plan) {
    String name = component.name().value();
    return plan.reports().stream().anyMatch(report -> report.name().equals(name))
        || plan.removal().retained().stream().anyMatch(line -> line.startsWith(name + ": "));
  }

  private VerificationStep verification(
      App app, @Nullable HighlyAvailableAppStatus before, AppView view) {
    return engine.verifications().step(app, before, view.observations(), view.attempts());
  }

  private UserStep step(App app, AppView view) {
    return engine.users().step(app, view.observations(), view.bound().values());
  }

  private UpdateControl<HighlyAvailableApp> invalid(
      AppOutcome.InvalidSpec invalid,
      HighlyAvailableApp resource,
      Context<HighlyAvailableApp> context) {
    HighlyAvailableAppStatus now =
        account.status(invalid, resource.getMetadata().getGeneration(), resource.getStatus());
    return statuses.report(resource, invalid.identity().key(), now, context);
  }

  @Override
  public DeleteControl cleanup(HighlyAvailableApp resource, Context<HighlyAvailableApp> context) {
    seen(resource);
    AppOutcome outcome = engine.apps().create(resource, engine.namespaces().of(resource));
    if (!(outcome instanceof AppOutcome.Valid(App app))) {
      throw new IllegalStateException("an app that is being deleted is always valid");
    }
    boolean workloadGone = app.paused() || engine.workload().remove(app);
    AppView view = engine.observer().view(app, resource.getStatus(), workloadGone);
    Plan plan = engine.tracing().in("plan", span -> engine.planner().plan(view));
    if (app.paused()) {
      engine.clouds().hold(app);
    } else {
      engine.clouds().act(app, plan);
    }
    boolean told =
        !tooEarlyToTell(view, resource.getStatus()) && tell(resource, app, plan, view, context);
    if (app.paused() || !plan.removal().complete()) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(LOOK_AGAIN.toMillis());
    }
    if (told) {
      // JOSDK removes the finalizer from what it was given, and tries in vain once that is old.
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(AT_ONCE.toMillis());
    }
    forgetSecrets(app, plan);
    forget(resource, app.key());
    return DeleteControl.defaultDelete();
  }

  /**
   * JOSDK writes no status while cleaning up, so it is written here.
   *
   * @return whether it was written
   */
  private boolean tell(
      HighlyAvailableApp resource,
      App app,
      Plan plan,
      AppView view,
      Context<HighlyAvailableApp> context) {
    Account.Done nothing = Account.Done.nothing(step(app, view));
    Outcome outcome = account.outcome(app, plan, view, nothing, requested(resource));
    HighlyAvailableAppStatus now = account.status(outcome, resource.getStatus());
    return statuses.tell(resource, app.key(), now, plan.removal().complete(), context);
  }

  private void forget(HighlyAvailableApp resource, AppKey key) {
    engine.clouds().forget(key);
    engine.traffic().forget(key);
    engine.verifications().forget(key);
    engine.spreading().forget(key);
    statuses.forget(key);
    engine.namespaces().forget(resource);
  }

  private static String requested(HighlyAvailableApp resource) {
    return resource.getMetadata().getAnnotations() == null
        ? ""
        : resource
            .getMetadata()
            .getAnnotations()
            .getOrDefault(HighlyAvailableApp.RECONCILE_REQUESTED_AT_ANNOTATION, "");
  }

  private static String handled(@Nullable HighlyAvailableAppStatus status) {
    return status == null || status.lastHandledReconcileAt() == null
        ? ""
        : status.lastHandledReconcileAt();
  }
}
