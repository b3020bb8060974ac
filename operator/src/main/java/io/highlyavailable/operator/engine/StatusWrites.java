package io.highlyavailable.operator.engine;

import io.highlyavailable.api.v1alpha1.AwsStatus;
import io.highlyavailable.api.v1alpha1.ComponentStatus;
import io.highlyavailable.api.v1alpha1.Condition;
import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.api.v1alpha1.CreationStatus;
import io.highlyavailable.api.v1alpha1.DeletionStatus;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.api.v1alpha1.VerificationStatus;
import io.highlyavailable.operator.model.AppKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a status is written: never when it says nothing new, at once when the phase turns,
 * within 5 seconds when a resource that holds data was seen first, and otherwise after pauses that
 * grow from 5 seconds to a minute, so that progress does not cost more writes than the app itself.
 */
public final class StatusWrites {
  /** Often enough for a person who watches the beginning. */
  private static final Duration SHORTEST = Duration.ofSeconds(5);

  /** A person who still watches looks up from time to time; so does this. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Steep, so that an app whose parts come up one by one for a minute costs two writes more. */
  private static final int GROWTH = 4;

  /** Conditions whose change is a turn. */
  private static final Set<String> VERDICTS =
      Set.of("Ready", "Stalled", "InSync", "HighlyAvailable");

  /** While an app comes up, what is added to what is there looks like drift again and again. */
  private static final Set<String> VERDICTS_COMING_UP = Set.of("Ready", "Stalled");

  private final InstantSource clock;
  private final Set<String> holdData;
  private final Map<AppKey, Written> written = new ConcurrentHashMap<>();

  /**
   * @param at when the status was last written
   * @param pause how long until it may be written again without a turn
   */
  private record Written(Instant at, Duration pause) {
    static Written turned(Instant at) {
      return new Written(at, SHORTEST);
    }

    /** Pauses grow while there is always something new, and begin anew after silence. */
    Written again(Instant now) {
      boolean silence = Duration.between(at, now).compareTo(LONGEST.plus(pause)) > 0;
      Duration grown = pause.multipliedBy(GROWTH);
      return new Written(now, silence ? SHORTEST : grown.compareTo(LONGEST) > 0 ? LONGEST : grown);
    }
  }

  /**
   * @param clock the time of writes
   * @param holdData names of the components that hold data
   */
  public StatusWrites(InstantSource clock, Set<String> holdData) {
    this.clock = clock;
    this.holdData = Set.copyOf(holdData);
  }

  /** What to do with a new status. */
  public enum Verdict {
    /** It says nothing new. */
    SAME,
    /** Write it now. */
    WRITE,
    /** Look again when {@link #waiting} is over. */
    LATER
  }

  /**
   * Decides, and counts a write that is due as done.
   *
   * @param before the status as Kubernetes has it, or null
   */
  public Verdict decide(
      AppKey app, @Nullable HighlyAvailableAppStatus before, HighlyAvailableAppStatus now) {
    if (now.equals(before)) {
      return Verdict.SAME;
    }
    boolean turned = before == null || turned(before, now);
    if (!turned && !waiting(app, before, now).isZero()) {
      return Verdict.LATER;
    }
    Instant at = clock.instant();
    written.compute(
        app, (key, last) -> turned || last == null ? Written.turned(at) : last.again(at));
    return Verdict.WRITE;
  }

  /** What a person or an alert acts on is told at once; only progress may wait. */
  private static boolean turned(HighlyAvailableAppStatus before, HighlyAvailableAppStatus now) {
    return before.phase() != now.phase()
        || !Objects.equals(before.observedGeneration(), now.observedGeneration())
        || !Objects.equals(before.lastHandledReconcileAt(), now.lastHandledReconcileAt())
        || !verdicts(before, now.phase()).equals(verdicts(now, now.phase()))
        || !Objects.equals(before.plan(), now.plan())
        || moved(before.aws(), now.aws())
        || promises(before, now)
        || !Objects.equals(before.rollout(), now.rollout())
        || !Objects.equals(verified(before), verified(now))
        || !kept(before).equals(kept(now));
  }

  /** A temporary instance is paid for until the result of its verification is recorded. */
  private static @Nullable VerificationStatus verified(HighlyAvailableAppStatus status) {
    return status.backup() == null ? null : status.backup().lastVerification();
  }

  /** Where copies are must be on record before anything forgets that they were asked for. */
  private static boolean moved(@Nullable AwsStatus before, @Nullable AwsStatus now) {
    return before != null && !before.equals(now);
  }

  /** Whether it puts an intent to create on record, as must be done before the call. */
  public static boolean promises(
      @Nullable HighlyAvailableAppStatus before, HighlyAvailableAppStatus now) {
    return !creations(before).entrySet().containsAll(creations(now).entrySet());
  }

  private static Map<String, CreationStatus> creations(@Nullable HighlyAvailableAppStatus status) {
    Map<String, CreationStatus> creations = new HashMap<>();
    List<ComponentStatus> components = status == null ? List.of() : status.components();
    for (ComponentStatus component : components) {
      if (component.creation() != null) {
        creations.put(component.name(), component.creation());
      }
    }
    return creations;
  }

  private static Map<String, ConditionStatus> verdicts(
      HighlyAvailableAppStatus status, @Nullable Phase phase) {
    boolean comingUp = phase == Phase.PENDING || phase == Phase.PROGRESSING;
    Set<String> verdicts = comingUp ? VERDICTS_COMING_UP : VERDICTS;
    return status.conditions().stream()
        .filter(condition -> verdicts.contains(condition.type()))
        .collect(Collectors.toMap(Condition::type, Condition::status));
  }

  /** What was kept is found nowhere else once the resource is gone, so it is written at once. */
  private static List<List<String>> kept(HighlyAvailableAppStatus status) {
    DeletionStatus deletion = status.deletion();
    return deletion == null ? List.of() : List.of(deletion.retained(), deletion.finalSnapshots());
  }

  /**
   * How long until a status may be written that is no turn. Data that vanished before its
   * identifier is on record would be recreated empty, so the first sight of it never waits long.
   */
  public Duration waiting(
      AppKey app, @Nullable HighlyAvailableAppStatus before, HighlyAvailableAppStatus now) {
    Written last = written.get(app);
    if (last == null) {
      return Duration.ZERO;
    }
    boolean sighted = before != null && !ids(before).containsAll(ids(now));
    Duration pause = sighted ? SHORTEST : last.pause();
    Duration left = Duration.between(clock.instant(), last.at().plus(pause));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Of the resources that hold data. */
  private Set<String> ids(HighlyAvailableAppStatus status) {
    return status.components().stream()
        .filter(component -> holdData.contains(component.name()))
        .map(ComponentStatus::id)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /** The app is gone. */
  public void forget(AppKey app) {
    written.remove(app);
  }
}
