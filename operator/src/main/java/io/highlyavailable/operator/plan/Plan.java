package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has to happen and what there is to say.
 *
 * @param reports one a component, upstream first
 * @param actions what to do next, at most one a component
 * @param secrets secrets to generate where they do not exist: suffix to length
 * @param bindings bindings the pods may have, complete or not
 * @param podRole ARN of the pods' IAM role, or null
 * @param waitingFor what the pods still wait for; empty when all bindings are known
 * @param removal what was kept and what stands in the way of removal
 * @param home where the resources are
 * @param held changes that wait for the maintenance window or for approval
 * @param backups to when data can be brought back
 * @param beginnings what components that hold data began with, by name
 * @param creations intents to create, on record or to be put there, by name
 * @param turn how far a move between pods and instances is
 */
public record Plan(
    List<Report> reports,
    Map<ComponentName, Action<?, ?>> actions,
    Map<String, Integer> secrets,
    List<Binding> bindings,
    @Nullable String podRole,
    List<String> waitingFor,
    Removal removal,
    Home home,
    HeldChanges held,
    Backups backups,
    Map<String, String> beginnings,
    Map<String, Creation> creations,
    Turn turn) {

  public Plan {
    reports = List.copyOf(reports);
    actions = Map.copyOf(actions);
    secrets = Map.copyOf(secrets);
    bindings = List.copyOf(bindings);
    waitingFor = List.copyOf(waitingFor);
    beginnings = Map.copyOf(beginnings);
    creations = Map.copyOf(creations);
  }

  /** A plan of which nothing can be brought back. */
  public Plan(
      List<Report> reports,
      Map<ComponentName, Action<?, ?>> actions,
      Map<String, Integer> secrets,
      List<Binding> bindings,
      @Nullable String podRole,
      List<String> waitingFor,
      Removal removal,
      Home home,
      HeldChanges held) {
    this(
        reports,
        actions,
        secrets,
        bindings,
        podRole,
        waitingFor,
        removal,
        home,
        held,
        Backups.NONE,
        Map.of(),
        Map.of(),
        Turn.DONE);
  }

  /** What a component's next action is, if there is one. */
  public Optional<Action<?, ?>> action(ComponentName component) {
    return Optional.ofNullable(actions.get(component));
  }

  /** The same plan of which one component's removal alone is carried out. */
  public Plan removing(ComponentName component) {
    Map<ComponentName, Action<?, ?>> kept = new HashMap<>();
    action(component)
        .filter(action -> action instanceof Action.Delete<?, ?>)
        .ifPresent(action -> kept.put(component, action));
    return new Plan(
        reports,
        kept,
        Map.of(),
        bindings,
        podRole,
        waitingFor,
        removal,
        home,
        held,
        backups,
        beginnings,
        Map.of(),
        turn);
  }

  /** Whether the pods can be given everything they need. */
  public boolean podsCanStart() {
    return waitingFor.isEmpty();
  }

  /**
   * How far a move between pods and instances is.
   *
   * @param serving whether the side that is asked for serves
   * @param oldMayGo whether what is left of the other side may be removed
   */
  public record Turn(boolean serving, boolean oldMayGo) {
    /** There is no other side. */
    public static final Turn DONE = new Turn(true, true);
  }

  /**
   * Where an app's resources are.
   *
   * @param accountId the account; empty while it is not known
   * @param region the region
   * @param recoveryRegion the region of its copies; empty while there are none and none are wanted
   */
  public record Home(String accountId, String region, String recoveryRegion) {
    /** The region that a component's resource is in; empty where that is not known. */
    public static String region(Component<?, ?> component, String home, String recovery) {
      return component.inRecoveryRegion() ? recovery : home;
    }
  }

  /**
   * What was kept and what stands in the way.
   *
   * @param blockedBy what a removal still waits for, one line each
   * @param retained what was kept and where, one line each
   * @param finalSnapshots names of final snapshots
   */
  public record Removal(
      List<String> blockedBy, List<String> retained, List<String> finalSnapshots) {
    /** Nothing is being removed. */
    public static final Removal NONE = new Removal(List.of(), List.of(), List.of());

    public Removal {
      blockedBy = List.copyOf(blockedBy);
      retained = List.copyOf(retained);
      finalSnapshots = List.copyOf(finalSnapshots);
    }

    /** Whether nothing of the app is left to remove. */
    public boolean complete() {
      return blockedBy.isEmpty();
    }
  }
}
