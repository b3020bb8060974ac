package io.highlyavailable.operator.engine;

import io.highlyavailable.api.v1alpha1.AlarmStatus;
import io.highlyavailable.api.v1alpha1.Condition;
import io.highlyavailable.api.v1alpha1.DeletionStatus;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.api.v1alpha1.RolloutStatus;
import io.highlyavailable.api.v1alpha1.VerificationStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of an app's turns: one log line each, and an Event for those a person cares about. */
public final class Transitions {
  private static final Logger log = LoggerFactory.getLogger(Transitions.class);

  private final EventRecorder events;
  private final Consumer<String> verifications;

  /**
   * @param events where they are written
   * @param verifications told how each verification of backups ended, in one word
   */
  public Transitions(EventRecorder events, Consumer<String> verifications) {
    this.events = events;
    this.verifications = verifications;
  }

  /** Compares two statuses and tells what turned. */
  public void tell(
      HighlyAvailableApp app,
      @Nullable HighlyAvailableAppStatus before,
      HighlyAvailableAppStatus now) {
    Phase old = before == null ? null : before.phase();
    Phase phase = Objects.requireNonNull(now.phase(), "every status has a phase");
    if (phase != old) {
      turned(app, phase, message(now));
    }
    news(before, now, DeletionStatus::retained)
        .forEach(line -> events.normal(app, "Retained", line));
    news(before, now, DeletionStatus::finalSnapshots)
        .forEach(line -> events.normal(app, "FinalSnapshot", line));
    alarms(before, now, app);
    drifted(before, now, app);
    verified(before, now, app);
    rolledBack(before, now, app);
  }

  private void rolledBack(
      @Nullable HighlyAvailableAppStatus before,
      HighlyAvailableAppStatus now,
      HighlyAvailableApp app) {
    RolloutStatus rollout = now.rollout();
    if (rollout != null
        && rollout.rolledBackFor() != null
        && !rollout.equals(before == null ? null : before.rollout())) {
      events.warning(
          app,
          "RolledBack",
          "alarm %s went off after %s began to roll out: %s runs again"
              .formatted(rollout.rolledBackFor(), rollout.image(), rollout.previousImage()));
    }
  }

  private void turned(HighlyAvailableApp app, Phase phase, String message) {
    log.info(
        "{}/{}: {} {}",
        app.getMetadata().getNamespace(),
        app.getMetadata().getName(),
        phase,
        message);
    switch (phase) {
      case READY -> events.normal(app, "Ready", "all components are ready");
      case DEGRADED -> events.warning(app, "Degraded", message);
      case STALLED -> events.warning(app, "Stalled", message);
      case PAUSED -> events.normal(app, "Paused", "nothing is written while paused");
      case DELETING -> events.normal(app, "Deleting", message);
      case PENDING, PROGRESSING -> {}
    }
  }

  /** Alarms that came on, and those that went off; one that is deleted does neither. */
  private void alarms(
      @Nullable HighlyAvailableAppStatus before,
      HighlyAvailableAppStatus now,
      HighlyAvailableApp app) {
    Map<String, AlarmStatus> known = before == null ? Map.of() : raised(before);
    Map<String, AlarmStatus> raised = raised(now);
    raised.forEach(
        (name, alarm) -> {
          if (!known.containsKey(name)) {
            events.warning(app, "Alarm", line(alarm) + reason(alarm));
          }
        });
    known.forEach(
        (name, alarm) -> {
          if (!raised.containsKey(name) && stillKept(name, now)) {
            events.normal(app, "AlarmEnded", line(alarm));
          }
        });
  }

  /** By the component and the alarm's name: names are unique in a region only. */
  private static Map<String, AlarmStatus> raised(HighlyAvailableAppStatus status) {
    Map<String, AlarmStatus> raised = new TreeMap<>();
    status
        .components()
        .forEach(
            component ->
                component
                    .alarms()
                    .forEach(alarm -> raised.put(component.name() + "/" + alarm.name(), alarm)));
    return raised;
  }

  private static boolean stillKept(String alarm, HighlyAvailableAppStatus now) {
    return now.phase() != Phase.DELETING
        && now.components().stream().anyMatch(it -> alarm.startsWith(it.name() + "/"));
  }

  private static String line(AlarmStatus alarm) {
    return alarm.name() + (alarm.message() == null ? "" : ": " + alarm.message());
  }

  private static String reason(AlarmStatus alarm) {
    return alarm.reason() == null ? "" : ". " + alarm.reason();
  }

  private void verified(
      @Nullable HighlyAvailableAppStatus before,
      HighlyAvailableAppStatus now,
      HighlyAvailableApp app) {
    VerificationStatus last = verification(now);
    if (last == null || last.equals(verification(before))) {
      return;
    }
    String message = Objects.requireNonNullElse(last.message(), "");
    switch (last.result()) {
      case SUCCEEDED -> events.normal(app, "BackupVerified", message);
      case FAILED -> events.warning(app, "BackupVerificationFailed", message);
    }
    verifications.accept(last.result().name().toLowerCase(Locale.ROOT));
  }

  private static @Nullable VerificationStatus verification(
      @Nullable HighlyAvailableAppStatus status) {
    return status == null || status.backup() == null ? null : status.backup().lastVerification();
  }

  private void drifted(
      @Nullable HighlyAvailableAppStatus before,
      HighlyAvailableAppStatus now,
      HighlyAvailableApp app) {
    boolean settled =
        before != null
            && (before.phase() == Phase.READY || before.phase() == Phase.DEGRADED)
            && Objects.equals(before.observedGeneration(), now.observedGeneration());
    String drift = inSync(now);
    if (settled && !drift.isEmpty() && !drift.equals(inSync(before))) {
      events.warning(app, "Drifted", drift);
    }
  }

  private static String inSync(HighlyAvailableAppStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.type().equals("InSync"))
        .filter(condition -> condition.reason().equals("Drifted"))
        .map(Condition::message)
        .findFirst()
        .orElse("");
  }

  /** Lines that were not there before: the status goes with the app, its events stay a while. */
  private static List<String> news(
      @Nullable HighlyAvailableAppStatus before,
      HighlyAvailableAppStatus now,
      Function<DeletionStatus, List<String>> part) {
    if (now.deletion() == null) {
      return List.of();
    }
    List<String> known =
        before == null || before.deletion() == null ? List.of() : part.apply(before.deletion());
    return part.apply(now.deletion()).stream().filter(line -> !known.contains(line)).toList();
  }

  private static String message(HighlyAvailableAppStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.type().equals("Ready"))
        .map(Condition::message)
        .findFirst()
        .orElse("");
  }
}
