package io.highlyavailable.testbed.cli;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the progress shown.
 *
 * @param name what it is about, such as {@code cluster} or {@code shop database (rds)}
 * @param progress how far it is
 * @param state one or two words, such as the provider's own
 * @param message what else is worth knowing, or empty
 * @param since when it began, or null before that
 * @param until when it was done or failed, or null before that
 */
record Row(
    String name,
    Progress progress,
    String state,
    String message,
    @Nullable Instant since,
    @Nullable Instant until) {

  /** How far a row is. */
  enum Progress {
    WAITING,
    WORKING,
    DONE,
    FAILED
  }

  /** A row that has not begun. */
  static Row waiting(String name) {
    return new Row(name, Progress.WAITING, "waiting", "", null, null);
  }

  /**
   * The row a moment later: it begins when it first leaves waiting, and its time stops when it is
   * done.
   */
  Row become(Progress next, String nextState, String nextMessage, Instant now) {
    Instant begun = since == null && next != Progress.WAITING ? now : since;
    boolean over = next == Progress.DONE || next == Progress.FAILED;
    Instant end = over ? (until == null || next != progress ? now : until) : null;
    return new Row(name, next, nextState, nextMessage, begun, end);
  }

  /** Time from its beginning to its end or to now; zero before its beginning. */
  Duration elapsed(Instant now) {
    return since == null ? Duration.ZERO : Duration.between(since, until == null ? now : until);
  }
}
