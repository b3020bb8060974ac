package io.highlyavailable.operator.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The image that was asked for last and the one to return to if it harms. A new image is watched
 * from when its rollout begins until it has served for a while without an alarm. What is decided is
 * recorded before anybody acts on it, so that an operator that restarts decides the same.
 *
 * @param image asked for last
 * @param previous the last image that proved itself; {@code image} once that did
 * @param begun when the rollout began, or null when {@code image} has proved itself
 * @param serving since when {@code image} serves, or null while it is being rolled out
 * @param alarm for which {@code previous} runs again, or null for none
 */
public record ImageRollout(
    String image,
    String previous,
    @Nullable Instant begun,
    @Nullable Instant serving,
    @Nullable String alarm) {

  /** An image that nothing is held against: the first, or one that proved itself. */
  public static ImageRollout of(String image) {
    return new ImageRollout(image, image, null, null, null);
  }

  /**
   * What is seen of the app.
   *
   * @param wanted the image that the spec asks for
   * @param serves whether that image was observed to serve
   * @param alarm an alarm that went off since {@code begun}, if any
   * @param now the time
   */
  public record Sight(String wanted, boolean serves, Optional<String> alarm, Instant now) {}

  /** Whether the image of before runs again. */
  public boolean rolledBack() {
    return alarm != null;
  }

  /** Whether alarms are held against the image. */
  public boolean watched() {
    return begun != null && alarm == null;
  }

  /** The image to run when the spec asks for one. */
  public String running(String wanted) {
    return rolledBack() && wanted.equals(image) ? previous : wanted;
  }

  /**
   * What to record next.
   *
   * @param bake for how long an image has to serve without an alarm
   */
  public ImageRollout next(Sight sight, Duration bake) {
    if (!sight.wanted().equals(image)) {
      return begin(sight);
    }
    if (!watched()) {
      return this;
    }
    if (sight.alarm().isPresent()) {
      return new ImageRollout(image, previous, begun, serving, sight.alarm().get());
    }
    if (serving == null) {
      return sight.serves()
          ? new ImageRollout(image, previous, begun, seconds(sight.now()), null)
          : this;
    }
    return sight.now().isBefore(serving.plus(bake)) ? this : of(image);
  }

  /** An image that has not proved itself is nothing to return to. */
  private ImageRollout begin(Sight sight) {
    return sight.wanted().equals(previous)
        ? of(previous)
        : new ImageRollout(sight.wanted(), previous, seconds(sight.now()), null, null);
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * How long until time alone changes something; empty when it does not.
   *
   * @param bake for how long an image has to serve without an alarm
   */
  public Optional<Duration> left(Duration bake, Instant now) {
    if (!watched() || serving == null) {
      return Optional.empty();
    }
    Duration left = Duration.between(now, serving.plus(bake));
    return Optional.of(left.isNegative() ? Duration.ZERO : left);
  }
}
