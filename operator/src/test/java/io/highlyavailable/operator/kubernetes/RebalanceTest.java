package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.highlyavailable.operator.model.App;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RebalanceTest {
  private static final App APP = GoldenCase.named("minimal").app();
  private static final Places THREE = places(Set.of("a", "b", "c"));

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, ''",
    "2, 1, 1, ''",
    "2, 2, 1, ''",
    "1, 1, 0, ''",
    "2, 1, 0, a > c",
    "2, 2, 0, b > c",
    "5, 4, 0, a > c",
    "1, 3, 1, b > a",
    "0, 0, 3, c > a"
  })
  void movesOutOfTheFullestZoneWhenTheSkewIsMoreThanOne(int a, int b, int c, String move) {
    Optional<Rebalance> next = Rebalance.next(APP, pods(a, b, c), THREE);
    assertThat(next.map(it -> it.from() + " > " + it.to()).orElse("")).isIn(ties(move));
    next.ifPresent(it -> assertThat(it.pod().getSpec().getNodeName()).startsWith(it.from() + "-"));
  }

  /** Either of two zones that are as full. */
  private static List<String> ties(String move) {
    return move.equals("b > c")
        ? List.of("a > c", "b > c")
        : move.equals("c > a")
            ? List.of("c > a", "c > b")
            : move.equals("b > a") ? List.of("b > a", "b > c") : List.of(move);
  }

  @Test
  void takesTheYoungestPodOfTheFullestNode() {
    List<Pod> pods =
        List.of(
            pod("a", "a-1", 1),
            pod("b", "a-2", 2),
            pod("c", "a-2", 3),
            pod("d", "a-2", 4),
            pod("e", "b-1", 5),
            pod("f", "b-1", 6),
            pod("g", "b-1", 9));
    assertThat(Rebalance.next(APP, pods, THREE).orElseThrow().pod().getMetadata().getName())
        .isEqualTo("d");
  }

  @Test
  void leavesPodsWhereTheyAreWithoutAnotherZoneToMoveTo() {
    Places one = places(Set.of("a"));
    assertThat(Rebalance.next(APP, pods(3, 0, 0), one)).isEmpty();
    assertThat(Rebalance.next(APP, pods(3, 0, 0), Places.UNKNOWN)).isEmpty();
    Places two = places(Set.of("a", "b"));
    assertThat(Rebalance.next(APP, pods(2, 1, 0), two)).isEmpty();
  }

  @Test
  void movesNothingWhereItIsNotWanted() {
    App off = GoldenCase.named("required-spread").app();
    assertThat(off.workload().availability().rebalance()).isFalse();
    assertThat(Rebalance.next(off, pods(3, 0, 0), THREE)).isEmpty();
  }

  @Test
  void everyMoveThatWorksMakesItMoreEvenUntilItIsEven() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      List<Pod> pods = pods(random.nextInt(9), random.nextInt(9), random.nextInt(9));
      int last = Integer.MAX_VALUE;
      Optional<Rebalance> move;
      while ((move = Rebalance.next(APP, pods, THREE)).isPresent()) {
        assertThat(move.get().unevenness()).isLessThan(last);
        last = move.get().unevenness();
        List<Pod> moved = new ArrayList<>(pods);
        moved.remove(move.get().pod());
        moved.add(pod("new-" + last, move.get().to() + "-1", 99));
        pods = moved;
      }
    }
  }

  @Test
  void waitsWhileAnythingElseGoesOn() {
    List<Pod> pods = pods(2, 1, 0);
    assertThat(Rebalance.settled(APP, deployment(3, 3, 3, 3), pods)).isTrue();
    assertThat(Rebalance.settled(APP, null, pods)).isFalse();
    assertThat(Rebalance.settled(APP, deployment(3, 4, 1, 3), pods)).as("a rollout").isFalse();
    assertThat(Rebalance.settled(APP, deployment(3, 3, 3, 2), pods)).as("one starts").isFalse();
    assertThat(Rebalance.settled(APP, deployment(5, 3, 3, 3), pods)).as("scaled out").isFalse();
    assertThat(Rebalance.settled(APP, deployment(3, 3, 3, 3), pods(2, 2, 0)))
        .as("one stops")
        .isFalse();
    List<Pod> stopping = new ArrayList<>(pods);
    stopping.set(
        0,
        new PodBuilder(stopping.getFirst())
            .editMetadata()
            .withDeletionTimestamp("2026-11-23T10:00:00Z")
            .endMetadata()
            .build());
    assertThat(Rebalance.settled(APP, deployment(3, 3, 3, 3), stopping)).isFalse();
  }

  private static Places places(Set<String> usable) {
    return Places.of(
        Stream.of("a-1", "a-2", "b-1", "b-2", "c-1", "c-2")
            .map(
                node -> {
                  String zone = node.substring(0, 1);
                  return new Place(node, zone, usable.contains(zone), Map.of(), List.of());
                })
            .toList());
  }

  private static Deployment deployment(int desired, int existing, int updated, int ready) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withGeneration(1L)
        .endMetadata()
        .withNewSpec()
        .withReplicas(desired)
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(1L)
        .withReplicas(existing)
        .withUpdatedReplicas(updated)
        .withReadyReplicas(ready)
        .withAvailableReplicas(ready)
        .endStatus()
        .build();
  }

  private static List<Pod> pods(int a, int b, int c) {
    List<Pod> pods = new ArrayList<>();
    IntStream.range(0, a).forEach(i -> pods.add(pod("a" + i, "a-" + (1 + i % 2), i)));
    IntStream.range(0, b).forEach(i -> pods.add(pod("b" + i, "b-" + (1 + i % 2), i)));
    IntStream.range(0, c).forEach(i -> pods.add(pod("c" + i, "c-" + (1 + i % 2), i)));
    return pods;
  }

  static Pod pod(String name, String node, int second) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withCreationTimestamp("2026-11-23T10:00:%02dZ".formatted(second % 60))
        .endMetadata()
        .withNewSpec()
        .withNodeName(node)
        .endSpec()
        .withNewStatus()
        .withPhase("Running")
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .endCondition()
        .endStatus()
        .build();
  }
}
