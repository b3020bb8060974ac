package io.highlyavailable.operator.e2e;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * At which of the calls something goes wrong. {@code -Dsweep.size=N} takes N of them, evenly
 * spread, {@code -Dsweep.size=all} every one, and {@code -Dsweep.index=I} replays one.
 */
final class Sweep {
  private Sweep() {}

  /**
   * Indexes of calls.
   *
   * @param calls how many there are; some to spare do no harm
   * @param usual how many are taken when nobody asks for another number
   */
  static Stream<Integer> indexes(int calls, int usual) {
    Integer one = Integer.getInteger("sweep.index");
    if (one != null) {
      return Stream.of(one);
    }
    String wanted = System.getProperty("sweep.size", Integer.toString(usual));
    int size = wanted.equals("all") ? calls : Math.min(calls, Integer.parseInt(wanted));
    return IntStream.range(0, size).mapToObj(i -> i * calls / size);
  }
}
