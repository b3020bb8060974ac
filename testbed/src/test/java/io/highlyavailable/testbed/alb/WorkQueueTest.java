package io.highlyavailable.testbed.alb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

  @Test
  void neverRunsAKeyTwiceAtOnceButRunsItAgainWhenItWasAddedMeanwhile() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    try (WorkQueue<String> queue =
        new WorkQueue<>(
            4,
            key -> {
              most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
              started.countDown();
              awaitQuietly(proceed);
              runs.incrementAndGet();
              atOnce.decrementAndGet();
            })) {
      queue.add("a");
      started.await();
      queue.add("a");
      queue.add("a");
      proceed.countDown();
      await().until(() -> runs.get() == 2);
      assertThat(most).hasValue(1);
    }
  }

  @Test
  void retriesWhatFails() {
    AtomicInteger attempts = new AtomicInteger();
    try (WorkQueue<String> queue =
        new WorkQueue<>(
            1,
            key -> {
              if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
              }
            })) {
      queue.add("a");
      await().until(() -> attempts.get() == 3);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
