package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares what the user asked for with what is, and decides what to do next. Pure: the same view
 * gives the same plan, so it can be derived again after any restart.
 */
public final class Planner {
  private final List<Component<?, ?>> catalogue;

  /**
   * @param catalogue every component there is, each after those it depends on
   * @throws IllegalArgumentException when one comes before something it depends on
   */
  public Planner(List<? extends Component<?, ?>> catalogue) {
    this.catalogue = List.copyOf(catalogue);
    Set<ComponentName> seen = new HashSet<>();
    for (Component<?, ?> component : catalogue) {
      if (!seen.containsAll(component.dependsOn())) {
        throw new IllegalArgumentException(component.name() + " comes before what it depends on");
      }
      seen.add(component.name());
    }
  }

  /** Every component there is, each after those it depends on. */
  public List<Component<?, ?>> catalogue() {
    return catalogue;
  }

  /** Names of the components whose loss would be a loss of data for good. */
  public Set<String> holdingData() {
    return catalogue.stream()
        .filter(component -> component.holdsData() && !component.startsOver())
        .map(component -> component.name().value())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a component's resource is looked for at all. */
  public static boolean looksFor(Component<?, ?> component, App app, Recorded recorded) {
    return concerns(component, app, recorded) || component.lookedFor(app);
  }

  /** Whether a component has to be looked at for this app: it is asked for, or was there before. */
  public static boolean concerns(Component<?, ?> component, App app, Recorded recorded) {
    return component.wanted(app) || recorded.knows(component.name());
  }

  /**
   * The name under which to look for an app's component; empty where it does not concern the app,
   * and while it cannot be known.
   */
  public static Optional<String> nameOf(
      Component<?, ?> component, App app, Upstream.Settings settings, Recorded recorded) {
    if (!looksFor(component, app, recorded)) {
      return Optional.empty();
    }
    Optional<String> last =
        component.wanted(app) ? Optional.empty() : component.lastName(recorded.ids());
    return last.or(() -> component.resourceName(app, settings));
  }

  private static boolean concerns(Component<?, ?> component, AppView view) {
    return concerns(component, view.app(), view.recorded());
  }

  /** What to do next for an app, and what to say. */
  public Plan plan(AppView view) {
    return plan(view, Handover.NONE);
  }

  /**
   * The same for an app that may be moving between pods and instances.
   *
   * @param handover what Kubernetes shows of it
   */
  public Plan plan(AppView view, Handover handover) {
    PlanBuilder plan = new PlanBuilder(view, catalogue);
    AccountCheck account = new AccountCheck(view, catalogue);
    if (account.fails()) {
      standStill(plan, view, account);
      return plan.build(account.home(), Plan.Turn.DONE);
    }
    Move move = new Move(view, handover);
    remove(plan, view, move);
    if (!view.app().deleting()) {
      UpstreamView upstream = new UpstreamView(view, handover.rolloutHeld());
      catalogue.stream()
          .filter(component -> component.wanted(view.app()))
          .forEach(component -> provide(component, view, upstream, plan));
    }
    Plan.Turn turn = move.settle(plan);
    return plan.build(account.home(), turn);
  }

  private static boolean unwanted(Component<?, ?> component, AppView view) {
    return view.app().deleting() || !component.wanted(view.app());
  }

  private void standStill(PlanBuilder plan, AppView view, AccountCheck account) {
    for (Component<?, ?> component : catalogue) {
      if (concerns(component, view)) {
        Report report = account.report(component);
        plan.report(report);
        if (unwanted(component, view)) {
          plan.blocked(component.name() + ": " + report.message());
        }
        component.bindingSuffix().ifPresent(suffix -> bindExisting(suffix, view, plan));
        podRole(component, Optional.empty(), view, plan);
      }
    }
  }

  private void remove(PlanBuilder plan, AppView view, Move move) {
    if (view.app().deleting() && !view.workloadGone()) {
      plan.blocked("workload: waiting for its pods and its load balancer to go");
      catalogue.stream()
          .filter(component -> component.managed() && view.recorded().knows(component.name()))
          .forEach(component -> plan.waiting(unwanted(component, view, plan).later()));
      return;
    }
    for (Component<?, ?> component : catalogue.reversed()) {
      if (!unwanted(component, view)) {
        continue;
      }
      if (component.managed() && move.holds(component)) {
        hold(component, view, plan, move);
      } else if (concerns(component, view) || strayed(component, view)) {
        remove(component, view, plan);
      }
    }
  }

  private void hold(Component<?, ?> component, AppView view, PlanBuilder plan, Move move) {
    if (view.recorded().knows(component.name())) {
      plan.report(move.held(unwanted(component, view, plan).later()));
    }
  }

  /** It is there, and nobody recorded that it was made. */
  private static boolean strayed(Component<?, ?> component, AppView view) {
    return component.lookedFor(view.app())
        && view.observation(component.name()) instanceof Observation.Present<?>;
  }

  private <D, R extends CloudResource> void remove(
      Component<D, R> component, AppView view, PlanBuilder plan) {
    switch (unwanted(component, view, plan).decide()) {
      case UnwantedComponent.Fate.Gone<R>() -> {}
      case UnwantedComponent.Fate.Kept<R>(String line) -> plan.kept(component.name(), line);
      case UnwantedComponent.Fate.Leaving<R> leaving ->
          plan.leaving(component, withFailures(leaving, component, view), leaving.snapshots());
    }
  }

  private <D, R extends CloudResource> UnwantedComponent<D, R> unwanted(
      Component<D, R> component, AppView view, PlanBuilder plan) {
    List<ComponentName> dependents =
        catalogue.stream()
            .filter(other -> other.dependsOn().contains(component.name()))
            .<ComponentName>map(Component::name)
            .toList();
    return new UnwantedComponent<>(component, view, plan.dependents(dependents));
  }

  private static <R extends CloudResource> UnwantedComponent.Fate.Leaving<R> withFailures(
      UnwantedComponent.Fate.Leaving<R> leaving, Component<?, R> component, AppView view) {
    Report report =
        Failures.overlay(
            leaving.report(), view.attempt(component.name()), !leaving.action().isEmpty());
    return new UnwantedComponent.Fate.Leaving<>(
        report, report.message(), leaving.action(), leaving.snapshots());
  }

  private <D, R extends CloudResource> void provide(
      Component<D, R> component, AppView view, UpstreamView upstream, PlanBuilder plan) {
    plan.secrets(component.generatedSecrets(view.app()));
    Decision<R> wish = new WantedComponent<>(component, view, upstream).decide();
    if (component.needsIntent() && wish.action() instanceof Action.Create<?, ?>) {
      plan.intended(component.name());
    }
    Decision<R> decision = view.creations().gate(component, wish);
    decision.resource().ifPresent(row -> plan.made(component.name()));
    Report report =
        Failures.overlay(
            decision.report(), view.attempt(component.name()), decision.action() != null);
    plan.report(component.temporary() ? Report.remark(report) : report);
    plan.gated(decision.gated(), decision.closed());
    plan.began(component.name(), began(component, decision, view));
    if (decision.action() != null) {
      plan.action(component.name(), decision.action());
    }
    if (report.ready() && !component.temporary()) {
      decision.resource().ifPresent(row -> upstream.offer(component, row));
    }
    decision
        .resource()
        .flatMap(component::restorableTo)
        .ifPresent(time -> plan.restorableTo(component, time));
    bind(component, decision, upstream, view, plan);
  }

  /** A decision counts from when there is something that it was made for. */
  private static String began(Component<?, ?> component, Decision<?> decision, AppView view) {
    String decided = component.beginning(view.app());
    return decided.isEmpty() || decision.resource().isPresent()
        ? decided
        : view.recorded().beginnings().getOrDefault(component.name(), "");
  }

  private <D, R extends CloudResource> void bind(
      Component<D, R> component,
      Decision<R> decision,
      UpstreamView upstream,
      AppView view,
      PlanBuilder plan) {
    podRole(component, decision.resource(), view, plan);
    component
        .bindingSuffix()
        .ifPresent(
            suffix ->
                decision
                    .resource()
                    .flatMap(row -> component.binding(view.app(), row, upstream))
                    .ifPresentOrElse(plan::binding, () -> bindExisting(suffix, view, plan)));
  }

  private static void podRole(
      Component<?, ?> component,
      Optional<? extends CloudResource> role,
      AppView view,
      PlanBuilder plan) {
    if (component.isPodRole()) {
      role.map(CloudResource::id)
          .or(() -> view.recorded().id(component.name()))
          .ifPresentOrElse(plan::podRole, () -> plan.waitingFor(component.name().value()));
    }
  }

  private static void bindExisting(String suffix, AppView view, PlanBuilder plan) {
    Binding bound = view.bound().get(suffix);
    if (bound == null) {
      plan.waitingFor(suffix);
    } else {
      plan.binding(bound);
    }
  }
}
