package io.highlyavailable.operator.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.CloudErrors;
import io.highlyavailable.testbed.aws.Fault;
import io.highlyavailable.testbed.aws.FaultRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every adapter that writes must do, whatever its service, against the emulator.
 *
 * @param <D> what should exist
 * @param <R> what exists
 */
public abstract class AdapterContract<D, R extends CloudResource> extends LifecycleContract<D, R> {
  /**
   * @param module what is tested
   * @param upstream what it depends on, in order
   */
  protected AdapterContract(
      Module<D, R, AwsClients> module, List<Module<?, ?, AwsClients>> upstream) {
    super(module, upstream);
  }

  @Test
  void whatWasCreatedIsListedAsDesired() {
    R created = create();
    R seen = observed().orElseThrow();
    assertThat(differences(seen)).isEmpty();
    assertThat(differences(created)).isEmpty();
    assertThat(created.name()).isEqualTo(name());
    assertThat(seen.name()).isEqualTo(name());
    assertThat(created.id()).isEqualTo(seen.id()).matches("(arn:|eipalloc-|nat-|fl-).+");
  }

  @Test
  void theListingAndTheLookupAgree() {
    create();
    assertThat(adapter.find(name())).isEqualTo(observed());
  }

  @Test
  void whatIsNotThereIsNeitherListedNorFound() {
    assertThat(observed()).isEmpty();
    assertThat(adapter.find(name())).isEmpty();
  }

  @Test
  void tagsGoWithTheCreate() {
    assertThat(create().tags()).containsAllEntriesOf(tags());
    assertThat(observed().orElseThrow().tags()).containsAllEntriesOf(tags());
  }

  @Test
  void taggingLeavesOtherTagsAlone() {
    R tagged = adapter.tag(create(), Map.of("team", "other", "retained", "Snapshot"));
    assertThat(tagged.tags()).containsEntry("team", "other").containsKey("highlyavailable.io/uid");
    assertThat(observed().orElseThrow().tags()).isEqualTo(tagged.tags());
    R untagged = adapter.untag(tagged, List.of("retained"));
    assertThat(untagged.tags()).doesNotContainKey("retained").containsEntry("team", "other");
    assertThat(observed().orElseThrow().tags()).isEqualTo(untagged.tags());
  }

  /** What is not refused is made once only because the intent is on record before. */
  @Test
  void aSecondCreateIsRefusedAsExisting() {
    assumeThat(component.needsIntent()).isFalse();
    create();
    Throwable refused = catchThrowable(this::create);
    assertThat(refused).isNotNull();
    assertThat(CloudErrors.classify(refused).kind()).isEqualTo(CloudFailure.Kind.EXISTS);
  }

  @Test
  void deletingTwiceIsNoError() {
    create();
    R row = observed().orElseThrow();
    deleteUntilGone(row);
    assertThat(observed()).isEmpty();
    assertThat(adapter.delete(row, new Disposal.Delete())).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> aCreateInterruptedAnywhereIsCompleted() {
    Map<String, Function<FaultRule, Fault>> ways = new LinkedHashMap<>();
    ways.put("before it is sent", FaultRule::dropBefore);
    ways.put("after it took effect", FaultRule::dropAfter);
    return ways.entrySet().stream()
        .map(way -> DynamicTest.dynamicTest(way.getKey(), () -> interrupt(way.getValue())));
  }

  private void interrupt(Function<FaultRule, Fault> way) {
    List<Integer> interrupted = new ArrayList<>();
    for (int call = 0; interruptedAt(call, way); call++) {
      interrupted.add(call);
      complete();
    }
    assertThat(interrupted).isNotEmpty();
  }

  private boolean interruptedAt(int call, Function<FaultRule, Fault> way) {
    start();
    FaultRule rule = world.emulator().faults().onAny().mutating().caller("adapter").skip(call);
    try (Fault fault = way.apply(rule)) {
      Throwable thrown = catchThrowable(this::create);
      if (thrown != null) {
        CloudFailure failure = CloudErrors.classify(thrown);
        assertThat(failure.ambiguous()).describedAs(failure.line()).isTrue();
      }
      return fault.hits() > 0;
    }
  }

  private void complete() {
    Optional<R> half = observed();
    if (half.isEmpty()) {
      create();
    } else {
      assertThat(half.get().tags()).containsAllEntriesOf(tags());
      List<Difference> missing = component.differences(desired, half.get());
      if (!missing.isEmpty()) {
        adapter.update(half.get(), desired, missing);
      }
    }
    assertThat(differences(observed().orElseThrow())).isEmpty();
    assertThat(new TreeSet<>(List.of(observed().orElseThrow().name()))).containsExactly(name());
  }
}
