package io.highlyavailable.operator.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.CloudErrors;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.aws.Fault;
import io.highlyavailable.testbed.aws.FaultRule;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.network.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every adapter that writes must do, whatever its service, against the emulator.
 *
 * @param <D> what should exist
 * @param <R> what exists
 */
@WithTestbed
public abstract class AdapterContract<D, R extends CloudResource> {
  private final Module<D, R, AwsClients> module;
  private final List<Module<?, ?, AwsClients>> upstream;
  private final Set<String> called = new ConcurrentSkipListSet<>();

  protected AwsWorld world;
  protected AwsClients clients;
  protected Component<D, R> component;
  protected Adapter<D, R> adapter;
  protected App app;
  protected D desired;

  /**
   * @param module what is tested
   * @param upstream what it depends on, in order
   */
  protected AdapterContract(
      Module<D, R, AwsClients> module, List<Module<?, ?, AwsClients>> upstream) {
    this.module = module;
    this.upstream = upstream;
  }

  /** The app; overridden where not everything can be had. */
  protected App sample() {
    return SampleApp.unique().build();
  }

  /** Where the component's resource is. */
  private String region() {
    return component.inRecoveryRegion() ? KnownUpstream.RECOVERY_REGION : AwsEmulator.REGION.id();
  }

  /** How somebody else changes each owned field behind our back, by the field's name. */
  protected abstract Map<String, Consumer<R>> drifts();

  /** The field as a difference names it. */
  protected String field(String key) {
    return key;
  }

  @BeforeEach
  void setUp(AwsEmulator emulator, Network network) {
    world = new AwsWorld(emulator, network);
    component = module.component();
    clients = world.clients("adapter", this::count, region());
    adapter = module.adapter(clients);
    start();
  }

  private void start() {
    app = sample();
    desired = desiredOf(app);
  }

  protected final D desiredOf(App wanted) {
    return switch (component.desired(wanted, world.upstream(wanted, upstream))) {
      case Desired.Known<D>(D known) -> known;
      case Desired.Waiting<D>(String reason) -> throw new AssertionError(reason);
      case Desired.Impossible<D>(String reason, String step) -> throw new AssertionError(reason);
    };
  }

  private void count(String service, String operation, String code, Duration took) {
    called.add(CloudErrors.iamAction(service + ":" + operation));
  }

  @AfterEach
  void everyCallIsAmongTheDeclaredIamActions() {
    world.emulator().faults().clear();
    assertThat(component.iamActions()).containsAll(called);
  }

  /** Creates it; overridden where a create is completed by later updates. */
  protected R create() {
    return adapter.create(desired, tags());
  }

  protected final Map<String, String> tags() {
    return AwsWorld.tags(app, component.name());
  }

  protected final String name() {
    return component.resourceName(app, world.settings()).orElseThrow();
  }

  /** As the inventory would have it: from the listing, or by name where that shows names only. */
  protected final Optional<R> observed() {
    Listing<R> listing = adapter.list();
    return listing.namesOnly().contains(name())
        ? adapter.find(name())
        : listing.rows().stream().filter(row -> row.name().equals(name())).findFirst();
  }

  private Collection<String> differences(R actual) {
    return component.differences(desired, actual).stream().map(Difference::field).toList();
  }

  @Test
  void whatWasCreatedIsListedAsDesired() {
    R created = create();
    R seen = observed().orElseThrow();
    assertThat(differences(seen)).isEmpty();
    assertThat(differences(created)).isEmpty();
    assertThat(created.name()).isEqualTo(name());
    assertThat(seen.name()).isEqualTo(name());
    assertThat(created.id()).isEqualTo(seen.id()).startsWith("arn:");
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

  @Test
  void aSecondCreateIsRefusedAsExisting() {
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

  protected final void deleteUntilGone(R row) {
    Optional<R> left = Optional.of(row);
    for (int attempt = 0; attempt < 20 && left.isPresent(); attempt++) {
      adapter.delete(left.get(), new Disposal.Delete());
      left = observed();
    }
    assertThat(left).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> driftOfEachOwnedFieldIsSeenAloneAndPutBack() {
    return drifts().entrySet().stream()
        .map(
            drift ->
                DynamicTest.dynamicTest(
                    drift.getKey(), () -> putBack(drift.getKey(), drift.getValue())));
  }

  private void putBack(String field, Consumer<R> drift) {
    start();
    create();
    drift.accept(observed().orElseThrow());
    R drifted = observed().orElseThrow();
    List<Difference> found = component.differences(desired, drifted);
    assertThat(found).extracting(Difference::field).containsExactly(field(field));
    R repaired = adapter.update(drifted, desired, found);
    assertThat(differences(repaired)).isEmpty();
    assertThat(differences(observed().orElseThrow())).isEmpty();
    assertThat(observed().orElseThrow().tags()).containsAllEntriesOf(tags());
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
