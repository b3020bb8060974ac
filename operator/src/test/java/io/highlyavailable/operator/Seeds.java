package io.highlyavailable.operator;

import java.util.function.LongConsumer;

/**
 * Random cases that are the same in each run: {@code -Dseeds=100000} tries more of them, and a
 * failure names the one that made it.
 */
public final class Seeds {
  private static final long COUNT = Long.getLong("seeds", 400);

  private Seeds() {}

  /** Checks what must hold of the case that each seed makes. */
  public static void each(LongConsumer check) {
    for (long seed = 0; seed < COUNT; seed++) {
      try {
        check.accept(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
