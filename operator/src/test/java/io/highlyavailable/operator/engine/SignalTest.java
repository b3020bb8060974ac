package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignalTest {
  private final Signal signal = new Signal();

  @Test
  void endsTheNextWaitWhenItWasRungBefore() throws InterruptedException {
    signal.ring();
    assertThat(signal.await(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void doesNotAddUp() throws InterruptedException {
    signal.ring();
    signal.ring();
    signal.await(Duration.ofMinutes(1));
    assertThat(signal.await(Duration.ZERO)).isFalse();
  }
}
