package io.highlyavailable.operator.engine;

import io.highlyavailable.api.v1alpha1.Condition;
import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.model.ImageRollout;
import io.highlyavailable.operator.plan.ImageWatch;
import io.highlyavailable.operator.plan.Plan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells {@link ImageWatch} what is seen of an app, and when. */
public final class ImageRollouts {
  private final InstantSource clock;

  /**
   * @param clock the time
   */
  public ImageRollouts(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What to record.
   *
   * @param status what was reported before, or null
   * @param plan with the alarms that are on
   */
  public Optional<ImageRollout> next(
      ImageWatch image, @Nullable HighlyAvailableAppStatus status, Plan plan) {
    return image.next(
        serves(image, status),
        plan.reports().stream().flatMap(report -> report.alarms().stream()).toList(),
        clock.instant());
  }

  /** The last status says so of this very spec: what is planned only now does not serve yet. */
  private static boolean serves(ImageWatch image, @Nullable HighlyAvailableAppStatus status) {
    return status != null
        && status.conditions().stream()
            .filter(condition -> condition.type().equals(Compute.CONDITION))
            .filter(condition -> condition.status() == ConditionStatus.TRUE)
            .map(Condition::observedGeneration)
            .anyMatch(generation -> Objects.equals(generation, image.asked().generation()));
  }

  /** How long until time alone changes something, once {@code next} is recorded. */
  public Optional<Duration> left(ImageWatch image, Optional<ImageRollout> next) {
    return image.left(next, clock.instant());
  }
}
