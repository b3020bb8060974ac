package io.highlyavailable.operator.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a spec, in the order it is found. */
final class Violations {
  private final List<Violation> found = new ArrayList<>();

  /** Adds a violation. */
  void add(String field, String message) {
    found.add(new Violation(field, message));
  }

  /** Adds a violation if it is one. */
  void addIf(boolean wrong, String field, String message) {
    if (wrong) {
      add(field, message);
    }
  }

  /** Adds a violation if something is given that another field decides. */
  void refuse(@Nullable Object given, String field, String message) {
    boolean absent =
        given == null
            || given instanceof Collection<?> collection && collection.isEmpty()
            || given instanceof String text && text.isEmpty();
    addIf(!absent, field, message);
  }

  List<Violation> found() {
    return List.copyOf(found);
  }
}
