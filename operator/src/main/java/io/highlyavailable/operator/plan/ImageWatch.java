package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.RaisedAlarm;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.ImageRollout;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Holds alarms against a new image: one that goes off after its rollout began, and before the image
 * has served for a while, brings the image of before back. Pure: what it decides is recorded in the
 * status, and acted upon once it is there.
 *
 * @param asked the app as its spec has it
 * @param recorded what was recorded, if anything
 */
public record ImageWatch(App asked, Optional<ImageRollout> recorded) {
  private static final String NAME = "rollout";
  private static final String KIND = "Image";

  /** The app with the image that it is to run. */
  public App running() {
    return watched() ? asked.running(image().running(asked.workload().image())) : asked;
  }

  private boolean watched() {
    return asked.workload().watched().isPresent();
  }

  private ImageRollout image() {
    return recorded.orElseGet(() -> ImageRollout.of(asked.workload().image()));
  }

  /**
   * What to record.
   *
   * @param serves whether the app was observed to serve the image that the spec asks for
   * @param alarms those that are on
   * @return what to record; empty when alarms are not held against images
   */
  public Optional<ImageRollout> next(boolean serves, Collection<RaisedAlarm> alarms, Instant now) {
    if (asked.paused() && watched()) {
      return recorded;
    }
    ImageRollout image = image();
    return asked
        .workload()
        .watched()
        .map(
            bake ->
                image.next(
                    new ImageRollout.Sight(
                        asked.workload().image(), serves, since(image, alarms), now),
                    bake));
  }

  /** Alarms that were on before the rollout began are not of its making. */
  private static Optional<String> since(ImageRollout image, Collection<RaisedAlarm> alarms) {
    Instant begun = image.begun();
    return alarms.stream()
        .filter(RaisedAlarm::usersAffected)
        .filter(alarm -> begun != null && !alarm.since().isBefore(begun))
        .min(Comparator.comparing(RaisedAlarm::since).thenComparing(RaisedAlarm::name))
        .map(RaisedAlarm::name);
  }

  /** How long until time alone changes something, once {@code next} is recorded. */
  public Optional<Duration> left(Optional<ImageRollout> next, Instant now) {
    return next.flatMap(image -> asked.workload().watched().flatMap(bake -> image.left(bake, now)));
  }

  /** What there is to say of an image that is watched or was rolled back; else nothing. */
  public Optional<Report> report(Optional<ImageRollout> next) {
    return next.flatMap(ImageWatch::report);
  }

  private static Optional<Report> report(ImageRollout next) {
    Report report =
        new Report(
            NAME,
            KIND,
            Compute.CONDITION,
            Standing.READY,
            next.image(),
            Report.CREATED,
            next.rolledBack() ? "rolled back" : "watched",
            "%s is back if an alarm goes off".formatted(next.previous()),
            "",
            List.of());
    if (next.rolledBack()) {
      return Optional.of(
          report.with(
              Standing.FAILED,
              "RolledBack: alarm %s went off, so %s runs again"
                  .formatted(next.alarm(), next.previous()),
              "Set spec.image to an image without that fault. To try this one again: set spec.image"
                  + " back, then to it once more; spec.rollout.rollbackOnAlarm: false keeps it"
                  + " whatever alarms say"));
    }
    return next.watched() ? Optional.of(report) : Optional.empty();
  }
}
