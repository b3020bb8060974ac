package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.CloudFailure;

/** Lets the provider's error speak in a component's report. */
final class Failures {
  private Failures() {}

  /**
   * A failed action decides where the component stands, as long as there is something to do. A
   * failed reading does so only while nothing was ever read; later the last good reading stands and
   * the message says that it is the last.
   *
   * @param acting whether an action is wanted; the failure of one that is not says nothing any more
   */
  static Report overlay(Report report, Attempt attempt, boolean acting) {
    CloudFailure action = attempt.failure();
    if (acting && action != null && !report.ready()) {
      return stuck(report, action);
    }
    CloudFailure reading = attempt.readFailure();
    if (reading == null) {
      return report;
    }
    if (report.ready()) {
      return report.with(report.standing(), "as last seen; " + reading.line(), reading.nextStep());
    }
    boolean known = report.seen() || report.standing() == Standing.FAILED;
    return known ? report : stuck(report, reading);
  }

  private static Report stuck(Report report, CloudFailure failure) {
    boolean wait = failure.passing() || report.standing() == Standing.REMOVING;
    return report.with(
        wait ? report.standing() : Standing.FAILED, failure.line(), failure.nextStep());
  }
}
