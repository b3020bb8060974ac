package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RecoveryPointsTest {
  private static final Duration INTERVAL = Duration.ofMinutes(5);

  private final FakeClock clock = new FakeClock();
  private final Map<String, Map<String, Instant>> known = new ConcurrentHashMap<>();
  private final List<String> published = new CopyOnWriteArrayList<>();
  private boolean refused;
  private final RecoveryPoints points =
      new RecoveryPoints(() -> known, this::take, INTERVAL, Duration.ofMillis(1), clock);

  private void take(String region, Map<String, Duration> ages) {
    published.add(region + " " + new TreeMap<>(ages));
    if (refused) {
      throw new IllegalStateException("denied");
    }
  }

  private void copy(String region, String resource, Duration age) {
    known
        .computeIfAbsent(region, name -> new TreeMap<>())
        .put(resource, clock.instant().minus(age));
  }

  @Test
  void publishesTheAgesOfARegionTogetherOnceAnInterval() {
    copy("eu", "a", Duration.ofMinutes(10));
    copy("eu", "b", Duration.ofMinutes(20));
    copy("us", "c", Duration.ofMinutes(30));
    points.turn();
    points.turn();
    assertThat(published).containsExactlyInAnyOrder("eu {a=PT10M, b=PT20M}", "us {c=PT30M}");

    published.clear();
    clock.pass(INTERVAL);
    points.turn();
    assertThat(published).containsExactlyInAnyOrder("eu {a=PT15M, b=PT25M}", "us {c=PT35M}");
  }

  @Test
  void publishesAtOnceWhatWasNeverPublished() {
    copy("eu", "a", Duration.ofMinutes(10));
    points.turn();
    copy("eu", "b", Duration.ofMinutes(20));
    points.turn();
    assertThat(published).containsExactly("eu {a=PT10M}", "eu {a=PT10M, b=PT20M}");
  }

  @Test
  void publishesNothingWhereNothingIsKnown() {
    known.put("eu", Map.of());
    points.turn();
    assertThat(published).isEmpty();
  }

  @Test
  void triesAgainAnIntervalAfterItWasRefused() {
    refused = true;
    copy("eu", "a", Duration.ofMinutes(10));
    points.turn();
    points.turn();
    assertThat(published).hasSize(1);
    clock.pass(INTERVAL);
    points.turn();
    assertThat(published).hasSize(2);
  }

  @Test
  void looksByItselfUntilItIsClosed() {
    copy("eu", "a", Duration.ofMinutes(10));
    points.start();
    await().until(() -> !published.isEmpty());
    points.close();
  }
}
