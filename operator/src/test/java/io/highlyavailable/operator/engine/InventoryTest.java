package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.operator.component.CloudFailure.Kind;
import io.highlyavailable.operator.component.Observation;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InventoryTest {
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
  void knowsNothingBeforeTheFirstListing() {
    assertUnknown("a");
    cloud.with(FakeThing.of("a"));
    assertThat(inventory.list().all()).isTrue();
    assertPresent("a", "available");
    assertAbsent("b");
  }

  @Test
  void tellsOfChangedRowsOnly() {
    cloud.with(FakeThing.of("a"), FakeThing.of("b"), FakeThing.of("c"));
    inventory.list();
    assertThat(inventory.list()).isEqualTo(Inventory.Changes.NONE);
    cloud.with(FakeThing.of("a").in("modifying"), FakeThing.of("d"));
    cloud.things.remove("c");
    assertThat(inventory.list()).isEqualTo(new Inventory.Changes(Set.of("a", "c", "d"), false));
    assertAbsent("c");
  }

  @Test
  void believesAWriteThatRacedWithAListing() {
    cloud.with(FakeThing.of("a"));
    cloud.after = call -> inventory.written(FakeThing.of("a").in("modifying"));
    inventory.list();
    assertPresent("a", "modifying");
  }

  @Test
  void believesADeleteThatRacedWithAListing() {
    cloud.with(FakeThing.of("a"));
    cloud.after = call -> inventory.removed("a");
    inventory.list();
    assertAbsent("a");
  }

  @Test
  void believesAWriteThatRacedWithAReading() {
    cloud.with(FakeThing.of("a"));
    inventory.list();
    cloud.after = call -> inventory.written(FakeThing.of("a").in("modifying"));
    inventory.read("a");
    assertPresent("a", "modifying");
  }

  @Test
  void keepsWhatWasJustWrittenThroughListingsThatDoNotShowIt() {
    inventory.list();
    inventory.written(FakeThing.of("a"));
    clock.pass(SETTLE.minusSeconds(1));
    inventory.list();
    assertPresent("a", "available");
    clock.pass(Duration.ofSeconds(2));
    assertThat(inventory.list().names()).containsExactly("a");
    assertAbsent("a");
  }

  @Test
  void noticesAtOnceThatWhatWasShownIsGone() {
    cloud.with(FakeThing.of("a"));
    inventory.written(FakeThing.of("a"));
    inventory.list();
    cloud.things.clear();
    inventory.list();
    assertAbsent("a");
  }

  @Test
  void doesNotBelieveListingsThatStillShowWhatWasJustDeleted() {
    cloud.with(FakeThing.of("a"));
    inventory.list();
    inventory.removed("a");
    clock.pass(SETTLE.minusSeconds(1));
    inventory.list();
    assertAbsent("a");
    cloud.namesOnly = true;
    inventory.list();
    assertAbsent("a");
    clock.pass(Duration.ofSeconds(2));
    inventory.list();
    assertUnknown("a");
  }

  @Test
  void keepsItsMemoryOfADeleteWhenAReadingFindsNothing() {
    cloud.with(FakeThing.of("a"));
    inventory.list();
    inventory.removed("a");
    FakeThing stale = cloud.things.remove("a");
    inventory.read("a");
    cloud.with(stale);
    inventory.list();
    assertAbsent("a");
  }

  @Test
  void keepsTheLastRowsWhenAListingFails() {
    cloud.with(FakeThing.of("a"));
    inventory.list();
    cloud.before =
        call -> {
          throw denied();
        };
    assertThat(inventory.list().all()).isTrue();
    assertThat(inventory.list().all()).isFalse();
    assertPresent("a", "available");
    assertAbsent("b");
    assertThat(inventory.failure("a")).map(it -> it.kind()).contains(Kind.DENIED);
    cloud.before = call -> {};
    assertThat(inventory.list().all()).isTrue();
    assertThat(inventory.failure("a")).isEmpty();
  }

  @Test
  void staysUnknownWhenTheFirstListingFails() {
    cloud.before =
        call -> {
          throw denied();
        };
    inventory.list();
    assertUnknown("a");
    assertThat(inventory.failure()).isPresent();
  }

  @Test
  void forgetsWhatAReadingProvesGone() {
    cloud.with(FakeThing.of("a"));
    inventory.list();
    cloud.things.clear();
    assertThat(inventory.read("a").names()).containsExactly("a");
    assertAbsent("a");
  }

  @Test
  void forgetsWhatGoesOutOfDateWhileNobodyLooks() {
    cloud.with(FakeThing.of("a"), FakeThing.of("b"));
    inventory.list();
    clock.pass(SETTLE);
    inventory.written(FakeThing.of("b"));
    inventory.rest();
    assertUnknown("a");
    assertPresent("b", "available");
    assertUnknown("c");
    assertThat(inventory.list().all()).isTrue();
    assertPresent("a", "available");
  }

  @Test
  void answersWhileAListingIsUnderWay() {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    cloud.before =
        call -> {
          asked.countDown();
          await().until(() -> answer.getCount() == 0);
        };
    CompletableFuture<?> listing = CompletableFuture.runAsync(inventory::list);
    await().until(() -> asked.getCount() == 0);
    assertUnknown("a");
    inventory.written(FakeThing.of("a"));
    assertPresent("a", "available");
    answer.countDown();
    await().until(listing::isDone);
    assertPresent("a", "available");
  }

  @Test
  void seesTransitionsOfThoseItIsAskedAbout() {
    cloud.with(FakeThing.of("a").in("creating"), FakeThing.of("b"));
    assertThat(inventory.lacks(Set.of("a"))).isFalse();
    inventory.list();
    assertThat(inventory.unsettled(Set.of("a"))).isTrue();
    assertThat(inventory.unsettled(Set.of("b", "c"))).isFalse();
    assertThat(inventory.lacks(Set.of("a", "b"))).isFalse();
    assertThat(inventory.lacks(Set.of("b", "c"))).isTrue();
  }

  /** It may be changed all the same. */
  @Test
  void seesWhatChangesByItself() {
    FakeThing target = FakeThing.of("a").in("checked");
    cloud.with(target);
    inventory.list();
    assertThat(target.inTransition()).isFalse();
    assertThat(inventory.unsettled(Set.of("a"))).isTrue();
  }
}
