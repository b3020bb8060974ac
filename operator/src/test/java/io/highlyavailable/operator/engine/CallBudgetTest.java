package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class CallBudgetTest {
  private final FakeClock clock = new FakeClock();
  private final CallBudget budget = new CallBudget(10, 2, clock);

  private int available() {
    int taken = 0;
    while (budget.tryTake().isZero()) {
      taken++;
    }
    return taken;
  }

  @Test
  void allowsABurstAndThenItsRate() {
    assertThat(available()).isEqualTo(2);
    assertThat(budget.tryTake()).isEqualTo(Duration.ofMillis(100));
    clock.pass(Duration.ofMillis(100));
    assertThat(available()).isEqualTo(1);
    clock.pass(Duration.ofHours(1));
    assertThat(available()).isEqualTo(2);
  }

  @Test
  void givesTheReaderItsCallAheadOfOthersAndMakesThemWait() {
    available();
    assertThat(budget.take()).isEqualTo(Duration.ofMillis(100));
    assertThat(budget.take()).isEqualTo(Duration.ofMillis(200));
    assertThat(budget.tryTake()).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void halvesItsRateWhenThrottledAndWinsItBack() {
    budget.throttled();
    assertThat(budget.tryTake()).isEqualTo(Duration.ofMillis(200));
    clock.pass(Duration.ofSeconds(30));
    available();
    assertThat(budget.tryTake()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void takesCallsThrottledTogetherForOneReason() {
    for (int i = 0; i < 40; i++) {
      budget.throttled();
    }
    assertThat(budget.tryTake()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void neverStopsAltogether() {
    for (int i = 0; i < 10; i++) {
      budget.throttled();
      clock.pass(Duration.ofSeconds(1));
    }
    budget.throttled();
    assertThat(budget.tryTake()).isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void doesNotRunBackwardsWithTheClock() {
    available();
    clock.pass(Duration.ofHours(-1));
    assertThat(budget.tryTake()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void servesThoseWhoWaitInTheirOrder() {
    CallBudget real = new CallBudget(50, 1, InstantSource.system());
    List<Integer> served = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      Thread thread = Thread.ofVirtual().start(() -> acquire(real, number, served));
      await().until(() -> served.contains(number) || thread.getState() != Thread.State.RUNNABLE);
    }
    await().untilAsserted(() -> assertThat(served).containsExactly(0, 1, 2, 3, 4));
  }

  private static void acquire(CallBudget budget, int number, List<Integer> served) {
    try {
      budget.acquire();
      served.add(number);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
