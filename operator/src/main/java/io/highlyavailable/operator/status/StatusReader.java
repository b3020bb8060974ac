package io.highlyavailable.operator.status;

import io.highlyavailable.api.v1alpha1.AwsStatus;
import io.highlyavailable.api.v1alpha1.BackupStatus;
import io.highlyavailable.api.v1alpha1.ComponentStatus;
import io.highlyavailable.api.v1alpha1.CreationStatus;
import io.highlyavailable.api.v1alpha1.DeletionStatus;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.api.v1alpha1.PlanStatus;
import io.highlyavailable.api.v1alpha1.PlannedActionKind;
import io.highlyavailable.api.v1alpha1.RolloutStatus;
import io.highlyavailable.api.v1alpha1.VerificationResult;
import io.highlyavailable.api.v1alpha1.VerificationStatus;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.model.ImageRollout;
import io.highlyavailable.operator.model.Verification;
import io.highlyavailable.operator.plan.Creation;
import io.highlyavailable.operator.plan.HeldChanges;
import io.highlyavailable.operator.plan.Recorded;
import io.highlyavailable.operator.plan.Report;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads back from a status what later plans rely on. */
public final class StatusReader {
  private StatusReader() {}

  /** What was recorded; nothing for an app without a status. */
  public static Recorded recorded(@Nullable HighlyAvailableAppStatus status) {
    if (status == null) {
      return Recorded.NOTHING;
    }
    Map<ComponentName, String> ids = new HashMap<>();
    Set<ComponentName> begun = new HashSet<>();
    for (ComponentStatus component : status.components()) {
      if (component.id() != null) {
        ids.put(new ComponentName(component.name()), component.id());
      } else if (Report.CREATING.equals(component.state())) {
        begun.add(new ComponentName(component.name()));
      }
    }
    Optional<DeletionStatus> deletion = Optional.ofNullable(status.deletion());
    Optional<AwsStatus> aws = Optional.ofNullable(status.aws());
    return new Recorded(
        ids,
        begun,
        deletion.map(DeletionStatus::retained).orElse(List.of()),
        deletion.map(DeletionStatus::finalSnapshots).orElse(List.of()),
        aws.map(AwsStatus::accountId).orElse(""),
        aws.map(AwsStatus::region).orElse(""),
        aws.map(AwsStatus::recoveryRegion).orElse(""),
        held(status.plan()),
        beginnings(status));
  }

  /** The last verification of backups; empty while there was none, or none that can be read. */
  public static Optional<Verification> verification(@Nullable HighlyAvailableAppStatus status) {
    return Optional.ofNullable(status)
        .map(HighlyAvailableAppStatus::backup)
        .map(BackupStatus::lastVerification)
        .flatMap(StatusReader::verification);
  }

  private static Optional<Verification> verification(VerificationStatus last) {
    try {
      return Optional.of(
          new Verification(
              Instant.parse(last.time()),
              last.result() == VerificationResult.SUCCEEDED,
              last.restoredTo() == null ? "" : last.restoredTo(),
              last.message() == null ? "" : last.message()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The image that was rolled out last; empty when nothing is on record, or nothing readable. */
  public static Optional<ImageRollout> rollout(@Nullable HighlyAvailableAppStatus status) {
    return Optional.ofNullable(status)
        .map(HighlyAvailableAppStatus::rollout)
        .flatMap(StatusReader::rollout);
  }

  private static Optional<ImageRollout> rollout(RolloutStatus last) {
    try {
      return Optional.of(
          new ImageRollout(
              last.image(),
              last.previousImage(),
              last.startedAt() == null ? null : Instant.parse(last.startedAt()),
              last.servingSince() == null ? null : Instant.parse(last.servingSince()),
              last.rolledBackFor()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Map<ComponentName, String> beginnings(HighlyAvailableAppStatus status) {
    Map<ComponentName, String> beginnings = new HashMap<>();
    for (ComponentStatus component : status.components()) {
      if (component.startedFrom() != null) {
        beginnings.put(new ComponentName(component.name()), component.startedFrom());
      }
    }
    return beginnings;
  }

  /** Intents to create; what cannot be read counts as just made, which only waits longer. */
  public static Map<ComponentName, Creation> creations(
      @Nullable HighlyAvailableAppStatus status, Instant now) {
    Map<ComponentName, Creation> creations = new HashMap<>();
    if (status != null) {
      for (ComponentStatus component : status.components()) {
        CreationStatus creation = component.creation();
        if (creation != null) {
          creations.put(
              new ComponentName(component.name()),
              new Creation(creation.by(), instant(creation.at(), now)));
        }
      }
    }
    return creations;
  }

  private static Instant instant(String text, Instant otherwise) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }

  private static HeldChanges held(@Nullable PlanStatus plan) {
    return plan == null
        ? HeldChanges.NONE
        : new HeldChanges(
            plan.hash(),
            plan.actions().stream()
                .map(
                    action ->
                        new HeldChanges.Change(
                            action.component(),
                            action.action() == PlannedActionKind.ADOPT
                                ? HeldChanges.Kind.ADOPT
                                : HeldChanges.Kind.UPDATE,
                            action.disruptive(),
                            action.summary()))
                .toList());
  }
}
