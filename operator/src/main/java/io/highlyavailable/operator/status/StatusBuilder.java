package io.highlyavailable.operator.status;

import io.highlyavailable.api.v1alpha1.AwsStatus;
import io.highlyavailable.api.v1alpha1.BindingStatus;
import io.highlyavailable.api.v1alpha1.ComponentStatus;
import io.highlyavailable.api.v1alpha1.Condition;
import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.api.v1alpha1.CreationStatus;
import io.highlyavailable.api.v1alpha1.DeletionStatus;
import io.highlyavailable.api.v1alpha1.Drift;
import io.highlyavailable.api.v1alpha1.DriftAction;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.api.v1alpha1.LoadBalancerStatus;
import io.highlyavailable.api.v1alpha1.Ownership;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.api.v1alpha1.PlanStatus;
import io.highlyavailable.api.v1alpha1.PlannedAction;
import io.highlyavailable.api.v1alpha1.PlannedActionKind;
import io.highlyavailable.api.v1alpha1.RolloutStatus;
import io.highlyavailable.api.v1alpha1.ScalingLimit;
import io.highlyavailable.api.v1alpha1.ScalingStatus;
import io.highlyavailable.operator.kubernetes.AppMetadata;
import io.highlyavailable.operator.kubernetes.ScalingState;
import io.highlyavailable.operator.model.ImageRollout;
import io.highlyavailable.operator.plan.Creation;
import io.highlyavailable.operator.plan.HeldChanges;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.plan.Report;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the status a user reads out of an outcome and the status before. */
public final class StatusBuilder {
  /** What is shown for a component whose resource does not exist. */
  private static final String ABSENT = "absent";

  private final InstantSource clock;

  /**
   * @param clock the time of transitions
   */
  public StatusBuilder(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The new status; equal to the one before when nothing changed.
   *
   * @param before the status before, or null for none
   */
  public HighlyAvailableAppStatus build(
      Outcome outcome, @Nullable HighlyAvailableAppStatus before) {
    BackupFacts backups = new BackupFacts(outcome, before == null ? null : before.backup());
    AlarmFacts alarms = new AlarmFacts(outcome.reports(), before);
    ZoneFacts zones =
        new ZoneFacts(outcome.app(), outcome.spread(), before == null ? List.of() : before.zones());
    Facts facts =
        new Facts(
            outcome,
            backups.fact(outcome.backups(), clock.instant()),
            alarms.affectingUsers(),
            zones);
    return new HighlyAvailableAppStatus(
        outcome.app().generation(),
        phase(outcome, facts, before),
        orNull(outcome.url()),
        outcome.hostname().isEmpty() ? null : new LoadBalancerStatus(outcome.hostname()),
        outcome.replicas(),
        AppMetadata.selectorText(outcome.app()),
        conditions(facts.all(), outcome.app().generation(), before),
        outcome.reports().stream().map(report -> component(report, outcome, alarms)).toList(),
        outcome.bindings().stream()
            .map(
                binding ->
                    new BindingStatus(
                        outcome.app().identity().name() + "-" + binding.suffix(), binding.type()))
            .toList(),
        deletion(outcome.removal()),
        orNull(outcome.handledRequest()),
        orNull(outcome.handledRotation()),
        backups.status(),
        aws(outcome),
        rollout(outcome.rollout()),
        plan(outcome.held()),
        outcome.scaling() == null ? null : scaling(outcome.scaling()),
        zones.status());
  }

  private static ScalingStatus scaling(ScalingState state) {
    ScalingLimit limit =
        switch (state.limitedBy()) {
          case MIN_REPLICAS -> ScalingLimit.MIN_REPLICAS;
          case MAX_REPLICAS -> ScalingLimit.MAX_REPLICAS;
          case REQUESTS_PER_SECOND -> ScalingLimit.REQUESTS_PER_SECOND;
          case CPU -> ScalingLimit.CPU;
          case MEMORY -> ScalingLimit.MEMORY;
          case NO_METRICS -> ScalingLimit.NO_METRICS;
          case SWITCHED_OFF -> ScalingLimit.SWITCHED_OFF;
        };
    return new ScalingStatus(state.desired(), limit, orNull(state.message()));
  }

  private static @Nullable RolloutStatus rollout(@Nullable ImageRollout rollout) {
    return rollout == null
        ? null
        : new RolloutStatus(
            rollout.image(),
            rollout.previous(),
            rollout.begun() == null ? null : rollout.begun().toString(),
            rollout.serving() == null ? null : rollout.serving().toString(),
            rollout.alarm());
  }

  private static @Nullable PlanStatus plan(HeldChanges held) {
    return held.hash().isEmpty()
        ? null
        : new PlanStatus(
            held.hash(),
            held.changes().stream()
                .limit(Limits.LINES)
                .map(
                    change ->
                        new PlannedAction(
                            change.component(),
                            switch (change.kind()) {
                              case UPDATE -> PlannedActionKind.UPDATE;
                              case ADOPT -> PlannedActionKind.ADOPT;
                            },
                            change.disruptive(),
                            Limits.line(change.summary(), Limits.NEXT_STEP)))
                .toList());
  }

  /**
   * The status of an app whose spec cannot work: what was observed before stands, and the reason is
   * said.
   *
   * @param message what is wrong, in one line
   * @param before the status before, or null for none
   */
  public HighlyAvailableAppStatus invalid(
      long generation, String message, @Nullable HighlyAvailableAppStatus before) {
    List<Fact> facts =
        List.of(
            Fact.no(Facts.READY, "InvalidSpec", message),
            Fact.no("Reconciling", "InvalidSpec", message),
            Fact.yes("Stalled", "InvalidSpec", message));
    List<Condition> conditions = conditions(facts, generation, before);
    if (before == null) {
      return new HighlyAvailableAppStatus(
          generation,
          Phase.STALLED,
          null,
          null,
          null,
          null,
          conditions,
          List.of(),
          List.of(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          List.of());
    }
    Set<String> said = facts.stream().map(Fact::type).collect(Collectors.toSet());
    return new HighlyAvailableAppStatus(
        generation,
        Phase.STALLED,
        before.url(),
        before.loadBalancer(),
        before.replicas(),
        before.selector(),
        Stream.concat(
                conditions.stream(),
                before.conditions().stream().filter(old -> !said.contains(old.type())))
            .toList(),
        before.components(),
        before.bindings(),
        before.deletion(),
        before.lastHandledReconcileAt(),
        before.lastHandledCredentialRotation(),
        before.backup(),
        before.aws(),
        before.rollout(),
        before.plan(),
        before.scaling(),
        before.zones());
  }

  private static Phase phase(
      Outcome outcome, Facts facts, @Nullable HighlyAvailableAppStatus before) {
    if (outcome.app().deleting()) {
      return Phase.DELETING;
    }
    if (outcome.app().paused()) {
      return Phase.PAUSED;
    }
    if (facts.worst().isEmpty()) {
      return facts.usersAffected() ? Phase.DEGRADED : Phase.READY;
    }
    if (servedBefore(outcome, before)) {
      return Phase.DEGRADED;
    }
    if (facts.stuck()) {
      return Phase.STALLED;
    }
    return outcome.home().accountId().isEmpty() ? Phase.PENDING : Phase.PROGRESSING;
  }

  private static boolean servedBefore(Outcome outcome, @Nullable HighlyAvailableAppStatus before) {
    return before != null
        && (before.phase() == Phase.READY || before.phase() == Phase.DEGRADED)
        && before.observedGeneration() != null
        && before.observedGeneration() == outcome.app().generation();
  }

  private List<Condition> conditions(
      List<Fact> facts, long generation, @Nullable HighlyAvailableAppStatus before) {
    Map<String, Condition> old =
        before == null
            ? Map.of()
            : before.conditions().stream()
                .collect(Collectors.toMap(Condition::type, condition -> condition));
    return facts.stream().map(fact -> condition(fact, generation, old.get(fact.type()))).toList();
  }

  private Condition condition(Fact fact, long generation, @Nullable Condition old) {
    ConditionStatus status = fact.status();
    String since =
        old != null && old.status() == status
            ? old.lastTransitionTime()
            : clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String message = Limits.line(fact.message(), Limits.MESSAGE);
    return new Condition(fact.type(), status, fact.reason(), message, generation, since);
  }

  private static ComponentStatus component(Report report, Outcome outcome, AlarmFacts alarms) {
    Creation creation = outcome.creations().get(report.name());
    return new ComponentStatus(
        report.name(),
        report.kind(),
        orNull(Limits.line(report.id(), Limits.IDENTIFIER)),
        ownership(report),
        report.state().isEmpty() ? ABSENT : Limits.line(report.state(), Limits.STATE),
        report.ready(),
        orNull(Limits.line(report.message(), Limits.MESSAGE)),
        orNull(Limits.line(report.nextStep(), Limits.NEXT_STEP)),
        orNull(outcome.beginnings().getOrDefault(report.name(), "")),
        creation == null ? null : new CreationStatus(creation.by(), creation.at().toString()),
        report.drift().stream().limit(Limits.LINES).map(StatusBuilder::drift).toList(),
        alarms.of(report));
  }

  private static Ownership ownership(Report report) {
    return switch (report.ownership()) {
      case Report.REFERENCED -> Ownership.REFERENCED;
      case Report.ADOPTED -> Ownership.ADOPTED;
      default -> Ownership.CREATED;
    };
  }

  private static Drift drift(io.highlyavailable.operator.plan.Drift drift) {
    DriftAction action =
        switch (drift.outcome()) {
          case CORRECTING -> DriftAction.CORRECTED;
          case REFUSED -> DriftAction.REPORTED;
          case WAITING -> DriftAction.WAITING;
        };
    return new Drift(
        Limits.line(drift.difference().field(), Limits.FIELD),
        Limits.line(drift.difference().desired(), Limits.VALUE),
        Limits.line(drift.difference().actual(), Limits.VALUE),
        action);
  }

  private static @Nullable DeletionStatus deletion(Plan.Removal removal) {
    boolean nothing =
        removal.blockedBy().isEmpty()
            && removal.retained().isEmpty()
            && removal.finalSnapshots().isEmpty();
    return nothing
        ? null
        : new DeletionStatus(
            Limits.lines(removal.blockedBy(), Limits.NEXT_STEP),
            Limits.lines(removal.retained(), Limits.IDENTIFIER),
            Limits.lines(removal.finalSnapshots(), Limits.IDENTIFIER));
  }

  private static @Nullable AwsStatus aws(Outcome outcome) {
    return outcome.home().accountId().isEmpty()
        ? null
        : new AwsStatus(
            outcome.home().accountId(),
            outcome.home().region(),
            orNull(outcome.home().recoveryRegion()));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
