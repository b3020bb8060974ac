package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.CloudFailure.Kind;
import io.highlyavailable.operator.component.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An inventory of what listings show by name only. */
class InventoryByNameTest {
  private static final Duration SETTLE = Duration.ofSeconds(60);
  private final FakeClock clock = new FakeClock();
  private final FakeAdapter cloud = new FakeAdapter("fake");
  private final Inventory<FakeThing> inventory =
      new Inventory<>(cloud, FakeThing::classify, clock, SETTLE);

  private void assertPresent(String name, String state) {
    assertThat(inventory.observe(name))
        .isInstanceOfSatisfying(
            Observation.Present.class,
            it -> assertThat(((FakeThing) it.resource()).state()).isEqualTo(state));
  }

  private void assertAbsent(String name) {
    assertThat(inventory.observe(name)).isInstanceOf(Observation.Absent.class);
  }

  private void assertUnknown(String name) {
    assertThat(inventory.observe(name)).isInstanceOf(Observation.Unknown.class);
  }

  private static RuntimeException denied() {
    return FakeThing.thrown(Kind.DENIED);
  }

  @Test
  void knowsNothingOfWhatIsListedByNameUntilItIsRead() {
    cloud.namesOnly = true;
    cloud.with(FakeThing.of("a"));
    inventory.list();
    assertUnknown("a");
    assertAbsent("b");
    assertThat(inventory.read("a").names()).containsExactly("a");
    assertPresent("a", "available");
    cloud.with(FakeThing.of("a").in("other"));
    assertThat(inventory.list()).isEqualTo(Inventory.Changes.NONE);
    assertPresent("a", "available");
    inventory.read("a");
    assertPresent("a", "other");
  }

  @Test
  void keepsTheDetailsOfWhatWasWrittenWhereListingsShowNames() {
    cloud.namesOnly = true;
    inventory.list();
    inventory.written(FakeThing.of("a"));
    cloud.with(FakeThing.of("a"));
    inventory.list();
    assertPresent("a", "available");
    assertThat(inventory.nextToRead(Set.of("a"), clock.instant()).orElseThrow().at())
        .isEqualTo(clock.instant());
    cloud.things.clear();
    inventory.list();
    assertAbsent("a");
  }

  @Test
  void readsWhatWasNeverReadFirstAndThenWhatWasReadLongestAgo() {
    cloud.namesOnly = true;
    cloud.with(FakeThing.of("a"), FakeThing.of("b"));
    inventory.list();
    Instant turn = clock.instant().plusSeconds(10);
    assertDue("a", Instant.EPOCH, turn);
    inventory.read("a");
    assertDue("b", Instant.EPOCH, turn);
    clock.pass(Duration.ofSeconds(1));
    inventory.read("b");
    assertDue("a", turn, turn);
    clock.pass(Duration.ofSeconds(1));
    inventory.read("a");
    assertDue("b", turn, turn);
    inventory.markUnread("a");
    assertDue("a", Instant.EPOCH, turn);
    assertPresent("a", "available");
  }

  private void assertDue(String name, Instant at, Instant turn) {
    Inventory.Due due = inventory.nextToRead(Set.of("a", "b", "z"), turn).orElseThrow();
    assertThat(due.name()).isEqualTo(name);
    assertThat(due.at()).isEqualTo(at);
  }

  @Test
  void readsWhatIsInTransitionAgainAfterEveryListing() {
    cloud.namesOnly = true;
    inventory.list();
    inventory.written(FakeThing.of("a").in("creating"));
    cloud.with(FakeThing.of("a").in("creating"), FakeThing.of("b"));
    inventory.list();
    inventory.read("b");
    assertDue("a", Instant.EPOCH, Instant.MAX);
    clock.pass(Duration.ofSeconds(1));
    inventory.read("a");
    assertDue("b", Instant.MAX, Instant.MAX);
    inventory.list();
    assertDue("a", Instant.EPOCH, Instant.MAX);
    cloud.with(FakeThing.of("a"));
    inventory.read("a");
    inventory.list();
    assertDue("b", Instant.MAX, Instant.MAX);
  }

  @Test
  void keepsAFailedReadingToItselfAndTriesAgainSoon() {
    cloud.namesOnly = true;
    cloud.with(FakeThing.of("a"), FakeThing.of("b"));
    inventory.list();
    cloud.before =
        call -> {
          if (call.equals("find a")) {
            throw denied();
          }
        };
    assertThat(inventory.read("a")).isEqualTo(new Inventory.Changes(Set.of("a"), false));
    assertThat(inventory.read("a")).isEqualTo(Inventory.Changes.NONE);
    inventory.read("b");
    assertThat(inventory.failure("a")).isPresent();
    assertThat(inventory.failure("b")).isEmpty();
    assertThat(inventory.failure()).isEmpty();
    Inventory.Due due = inventory.nextToRead(Set.of("a", "b"), Instant.MAX).orElseThrow();
    assertThat(due.name()).isEqualTo("a");
    assertThat(due.at()).isAfter(clock.instant()).isBefore(clock.instant().plusSeconds(61));
    cloud.before = call -> {};
    assertThat(inventory.read("a").names()).containsExactly("a");
    assertThat(inventory.failure("a")).isEmpty();
  }

  @Test
  void doesNotReadAgainAtOnceWhatWasJustWrittenAndIsNotShownYet() {
    cloud.namesOnly = true;
    cloud.with(FakeThing.of("a"));
    inventory.list();
    inventory.written(FakeThing.of("a"));
    inventory.markUnread("a");
    cloud.things.clear();
    inventory.read("a");
    assertPresent("a", "available");
    assertThat(inventory.nextToRead(Set.of("a"), Instant.MAX).orElseThrow().at())
        .isEqualTo(Instant.MAX);
  }
}
