package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.highlyavailable.operator.kubernetes.Rebalance;
import io.highlyavailable.operator.model.AppKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RebalancerTest {
  private static final AppKey APP = new AppKey("shop", "shop");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final List<Integer> evicted = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-23T10:00:00Z");
  private final Rebalancer rebalancer = new Rebalancer(MINUTE, () -> now);

  @Test
  void movesOnlyWhatStaysUneven() {
    assertThat(step(5)).contains(MINUTE);
    pass(Duration.ofSeconds(40));
    assertThat(step(5)).contains(Duration.ofSeconds(20));
    assertThat(rebalancer.step(APP, Optional.empty(), this::evict)).isEmpty();
    pass(Duration.ofSeconds(40));
    assertThat(step(5)).as("it was even in between").contains(MINUTE);
    assertThat(evicted).isEmpty();
    pass(MINUTE);
    step(5);
    assertThat(evicted).containsExactly(5);
  }

  @Test
  void movesOneAfterTheOther() {
    step(9);
    pass(MINUTE);
    step(9);
    step(8);
    assertThat(evicted).containsExactly(9);
    pass(MINUTE);
    step(8);
    pass(MINUTE);
    step(7);
    assertThat(evicted).containsExactly(9, 8, 7);
  }

  @Test
  void triesLessAndLessOftenWhatDoesNotHelp() {
    step(9);
    pass(MINUTE);
    step(9);
    pass(MINUTE);
    step(9);
    assertThat(evicted).hasSize(2);
    pass(MINUTE);
    step(9);
    assertThat(evicted).as("two pauses after a move in vain").hasSize(2);
    pass(MINUTE);
    step(9);
    assertThat(evicted).hasSize(3);
    for (int minute = 0; minute < 24 * 60; minute++) {
      pass(MINUTE);
      step(9);
    }
    assertThat(evicted).as("in a day").hasSizeBetween(20, 35);
  }

  @Test
  void triesAgainWhenTheDisruptionBudgetRefused() {
    step(9);
    pass(MINUTE);
    assertThat(rebalancer.step(APP, move(9), refused -> false)).contains(MINUTE);
    pass(MINUTE);
    step(9);
    assertThat(evicted).hasSize(1);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private Optional<Duration> step(int unevenness) {
    return rebalancer.step(APP, move(unevenness), this::evict);
  }

  private boolean evict(Rebalance move) {
    return evicted.add(move.unevenness());
  }

  private static Optional<Rebalance> move(int unevenness) {
    var pod = new PodBuilder().withNewMetadata().withName("shop-1").endMetadata().build();
    return Optional.of(new Rebalance(pod, "a", "b", unevenness));
  }
}
