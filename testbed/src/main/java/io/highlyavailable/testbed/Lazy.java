package io.highlyavailable.testbed;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made when it is first asked for, once. When making it fails, all that ask get the
 * same failure: trying again would cost each test of a run the same minutes.
 */
final class Lazy<T> {
  private final Supplier<T> maker;
  private @Nullable T value;
  private @Nullable RuntimeException failure;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  synchronized T get() {
    if (failure != null) {
      throw failure;
    }
    T made = value;
    if (made == null) {
      try {
        made = maker.get();
        value = made;
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }
    return made;
  }

  /** The value when it was made. */
  synchronized Optional<T> ifMade() {
    return Optional.ofNullable(value);
  }
}
