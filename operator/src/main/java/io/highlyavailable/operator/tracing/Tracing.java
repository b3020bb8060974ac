package io.highlyavailable.operator.tracing;

import io.highlyavailable.operator.aws.CallListener;
import java.util.function.Consumer;

/**
 * Tells of work as spans. Safe for use from several threads; nothing of it blocks or fails because
 * of who is told.
 */
public interface Tracing extends CallListener, AutoCloseable {
  /** Nobody is told, and nothing is spent on it. */
  Tracing OFF = new Silence();

  /**
   * What a span tells of.
   *
   * @param <T> its result
   * @param <X> what it throws
   */
  @FunctionalInterface
  interface Work<T, X extends Exception> {
    /** Does it, and may say more of it. */
    T run(Span span) throws X;
  }

  /**
   * Does work as a span, which fails with an exception of the work's.
   *
   * @param origin what the span is part of
   * @param name of few kinds: no names of tenants' things
   */
  <T, X extends Exception> T in(Origin origin, String name, Work<T, X> work) throws X;

  /** Does work as a span inside the one that is under way on this thread. */
  default <T, X extends Exception> T in(String name, Work<T, X> work) throws X {
    return in(here(), name, work);
  }

  /** Does work without a result as a span. */
  default void run(Origin origin, String name, Consumer<Span> work) {
    in(
        origin,
        name,
        span -> {
          work.accept(span);
          return true;
        });
  }

  /** What is under way on this thread, to be gone on with on another. */
  Origin here();

  /** The span that is under way on this thread; one that says nothing when there is none. */
  Span current();

  /** Tells what was not told yet, for a few seconds at most. */
  @Override
  void close();
}
