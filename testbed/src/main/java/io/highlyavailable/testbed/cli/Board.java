package io.highlyavailable.testbed.cli;

import io.highlyavailable.testbed.cli.Row.Progress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows shown, in the order in which they were first named. Safe for use by several threads. */
final class Board {
  private final Clock clock;
  private final Map<String, Row> rows = new LinkedHashMap<>();

  Board(Clock clock) {
    this.clock = clock;
  }

  /** Adds a row that waits, when there is none of this name. */
  synchronized void add(String name) {
    rows.putIfAbsent(name, Row.waiting(name));
  }

  /** Says that something is at work. */
  void working(String name, String state, String message) {
    set(name, Progress.WORKING, state, message);
  }

  /** Says that something is done. */
  void done(String name, String state, String message) {
    set(name, Progress.DONE, state, message);
  }

  /** Says that something failed. */
  void failed(String name, String state, String message) {
    set(name, Progress.FAILED, state, message);
  }

  /** Says how far something is. */
  synchronized void set(String name, Progress progress, String state, String message) {
    Row row = rows.getOrDefault(name, Row.waiting(name));
    rows.put(name, row.become(progress, state, message, clock.instant()));
  }

  /** The rows now. */
  synchronized List<Row> rows() {
    return new ArrayList<>(rows.values());
  }
}
