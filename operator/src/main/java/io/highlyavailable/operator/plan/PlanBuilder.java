package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Upstream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects a plan, component by component. */
final class PlanBuilder {
  private static final Set<String> SERVING = Set.of("WorkloadReady", "IngressReady");

  private final AppView view;
  private final List<String> order;
  private final List<Report> reports = new ArrayList<>();
  private final Map<ComponentName, Action<?, ?>> actions = new LinkedHashMap<>();
  private final Map<String, Integer> secrets = new LinkedHashMap<>();
  private final List<Binding> bindings = new ArrayList<>();
  private final List<String> waitingFor = new ArrayList<>();
  private final List<String> blockedBy = new ArrayList<>();
  private final Set<String> retained = new LinkedHashSet<>();
  private final Set<String> finalSnapshots = new LinkedHashSet<>();
  private final Set<ComponentName> left = new HashSet<>();
  private final Set<ComponentName> kept = new HashSet<>();
  private final List<HeldChanges.Change> pending = new ArrayList<>();
  private final Map<String, String> beginnings = new LinkedHashMap<>();
  private final Map<String, Creation> creations = new LinkedHashMap<>();
  private boolean waiting;
  private @Nullable String podRole;
  private Backups backups = Backups.NONE;

  PlanBuilder(AppView view, List<Component<?, ?>> catalogue) {
    this.view = view;
    this.order = catalogue.stream().map(component -> component.name().value()).toList();
    retained.addAll(view.recorded().retained());
    finalSnapshots.addAll(view.recorded().finalSnapshots());
    view.creations().recorded().forEach((name, intent) -> creations.put(name.value(), intent));
  }

  void report(Report report) {
    reports.add(report);
    retained.removeIf(line -> line.startsWith(report.name() + ": "));
  }

  /** A component of an app whose removal has not come to it. */
  void waiting(Report report) {
    reports.add(report);
  }

  /** What a component began with; nothing is noted where nobody decided. */
  void began(ComponentName component, String beginning) {
    if (!beginning.isEmpty()) {
      beginnings.put(component.value(), beginning);
    }
  }

  /** A component's resource is to be created. */
  void intended(ComponentName component) {
    if (!view.creations().unsettled(component)) {
      creations.put(component.value(), view.creations().intent(component));
    }
  }

  /** A component's resource is there. */
  void made(ComponentName component) {
    creations.remove(component.value());
  }

  /**
   * Changes that need the gate.
   *
   * @param closed whether it holds any of them back
   */
  void gated(List<HeldChanges.Change> changes, boolean closed) {
    pending.addAll(changes);
    waiting |= closed;
  }

  void action(ComponentName component, Action<?, ?> action) {
    actions.put(component, action);
  }

  /** Asks for those secrets that Kubernetes does not have yet. */
  void secrets(Upstream.GeneratedSecrets wanted) {
    wanted
        .lengths()
        .forEach(
            (suffix, length) -> {
              if (!view.secrets().containsKey(suffix)) {
                secrets.put(suffix, length);
              }
            });
  }

  /** Data can be brought back to this time. */
  void restorableTo(Component<?, ?> component, Instant time) {
    backups = backups.at(component.inRecoveryRegion(), time);
  }

  /** One a suffix: components of which an app has one at most share theirs. */
  void binding(Binding binding) {
    bindings.removeIf(other -> other.suffix().equals(binding.suffix()));
    bindings.add(binding);
  }

  void podRole(String arn) {
    podRole = arn;
  }

  void waitingFor(String what) {
    waitingFor.add(what);
  }

  void blocked(String line) {
    blockedBy.add(line);
  }

  /** A component that stays behind for good. */
  void kept(ComponentName component, String line) {
    kept.add(component);
    retained.add(line);
  }

  /** A component that is on its way out. */
  <R extends CloudResource> void leaving(
      Component<?, R> component, UnwantedComponent.Fate.Leaving<R> fate, List<String> snapshots) {
    boolean byTheWay = component.temporary() && !view.app().deleting();
    left.add(component.name());
    reports.add(byTheWay ? Report.remark(fate.report()) : fate.report());
    if (!byTheWay) {
      blockedBy.add(component.name() + ": " + fate.waitingFor());
    }
    finalSnapshots.addAll(snapshots);
    fate.action().forEach(action -> actions.put(component.name(), action));
  }

  UnwantedComponent.Dependents dependents(List<ComponentName> names) {
    return new UnwantedComponent.Dependents(
        names.stream().filter(left::contains).map(ComponentName::value).toList(),
        names.stream().filter(this::stays).map(ComponentName::value).toList());
  }

  /** Kept just now, or by an earlier plan. */
  private boolean stays(ComponentName name) {
    return kept.contains(name) || retained.stream().anyMatch(line -> line.startsWith(name + ": "));
  }

  /** Whether all of the app that requests go through does its job. */
  boolean serving() {
    return reports.stream()
        .filter(report -> SERVING.contains(report.condition()))
        .allMatch(Report::ready);
  }

  Plan build(Plan.Home home, Plan.Turn turn) {
    reports.sort(Comparator.comparing(report -> order.indexOf(report.name())));
    creations.keySet().retainAll(reports.stream().map(Report::name).toList());
    return new Plan(
        reports,
        actions,
        secrets,
        bindings,
        podRole,
        waitingFor,
        new Plan.Removal(blockedBy, List.copyOf(retained), List.copyOf(finalSnapshots)),
        home,
        held(),
        backups,
        beginnings,
        creations,
        turn);
  }

  /**
   * An approval is of a list of changes, which grows shorter as they are made: it stays as it is
   * until then, or the rest would have to be approved again.
   */
  private HeldChanges held() {
    HeldChanges approved = view.gate().approved();
    boolean beingMade = !pending.isEmpty() && approved.changes().containsAll(pending);
    return beingMade ? approved : HeldChanges.of(waiting ? pending : List.of());
  }
}
