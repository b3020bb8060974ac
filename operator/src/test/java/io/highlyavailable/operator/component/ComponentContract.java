package io.highlyavailable.operator.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.aws.CloudCall;
import io.highlyavailable.operator.aws.CloudErrors;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.MaintenanceWindow;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.network.Network;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * One component with its adapter before the emulator, and the checks that every test of it ends
 * with.
 *
 * @param <D> what should exist
 * @param <R> what exists
 */
@WithTestbed
abstract class ComponentContract<D, R extends CloudResource> implements ComponentTest {
  final Module<D, R, AwsClients> module;
  private final List<Module<?, ?, AwsClients>> upstream;
  private final Set<String> called = new ConcurrentSkipListSet<>();

  protected AwsWorld world;
  protected Network network;
  protected AwsClients clients;
  protected Component<D, R> component;
  protected Adapter<D, R> adapter;
  protected App app;
  protected D desired;

  /**
   * @param module what is tested
   * @param upstream what it depends on, in order
   */
  protected ComponentContract(
      Module<D, R, AwsClients> module, List<Module<?, ?, AwsClients>> upstream) {
    this.module = module;
    this.upstream = upstream;
  }

  @Override
  public final ComponentName row() {
    return module.component().name();
  }

  /** The app; overridden where not everything can be had. */
  protected App sample() {
    return SampleApp.unique().build();
  }

  /** How somebody else changes each owned field behind our back, by the field's name. */
  protected abstract Map<String, Consumer<R>> drifts();

  /** How the spec changes each field that may be changed, by the field's name. */
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of();
  }

  /** A change of one field of one block of the spec. */
  protected static UnaryOperator<App> setting(String block, String field, Object value) {
    return of ->
        Records.with(of, block, Records.with((Record) Records.get(of, block), field, value));
  }

  /** A change of the weekly maintenance window. */
  protected static UnaryOperator<App> maintenance(String window) {
    return setting("changes", "window", MaintenanceWindow.parse(window));
  }

  /** The field as a difference names it. */
  protected String field(String key) {
    return key;
  }

  /** What the rows before left behind would make each listing slower. */
  @BeforeAll
  static void beginWithNothing(Testbed testbed) {
    testbed.emptyAws();
  }

  @BeforeEach
  void setUp(AwsEmulator emulator, Network network) {
    this.network = network;
    world = world(emulator, network);
    component = module.component();
    clients = world.clients("adapter", this::count, region());
    adapter = module.adapter(clients);
    start();
  }

  /** The account that the component is in. */
  protected AwsWorld world(AwsEmulator emulator, Network network) {
    return new AwsWorld(emulator, network);
  }

  /** Where the component's resource is. */
  final String region() {
    return component.inRecoveryRegion() ? KnownUpstream.RECOVERY_REGION : AwsEmulator.REGION.id();
  }

  protected final void start() {
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

  /** Calls of somebody else than the adapter. */
  protected final AwsClients admin() {
    return world.clients("admin", CallListener.NONE);
  }

  private void count(CloudCall call) {
    called.add(CloudErrors.iamAction(call.service() + ":" + call.operation()));
  }

  @AfterEach
  void everyCallIsAmongTheDeclaredIamActions() {
    world.emulator().faults().clear();
    assertThat(component.iamActions()).containsAll(called);
  }

  /** Creates it, and completes it where that takes more than the create. */
  protected R create() {
    R created = adapter.create(desired, tags());
    return component.needsIntent() ? completed() : created;
  }

  private R completed() {
    R half = observed().orElseThrow();
    List<Difference> missing = component.differences(desired, half);
    return missing.isEmpty() ? half : adapter.update(half, desired, missing);
  }

  protected final Map<String, String> tags() {
    return AwsWorld.tags(app, component.name());
  }

  protected final String name() {
    return name(app);
  }

  final String name(App of) {
    return component.resourceName(of, world.settings()).orElseThrow();
  }

  /** As the inventory would have it: from the listing, or by name where that shows names only. */
  protected final Optional<R> observed() {
    return observed(app);
  }

  final Optional<R> observed(App of) {
    Listing<R> listing = adapter.list();
    return listing.namesOnly().contains(name(of))
        ? adapter.find(name(of))
        : listing.rows().stream().filter(row -> row.name().equals(name(of))).findFirst();
  }

  protected final Collection<String> differences(R actual) {
    return component.differences(desired, actual).stream().map(Difference::field).toList();
  }

  protected final void deleteUntilGone(R row) {
    Optional<R> left = Optional.of(row);
    for (int attempt = 0; attempt < 20 && left.isPresent(); attempt++) {
      adapter.delete(left.get(), new Disposal.Delete());
      left = observed(app);
    }
    assertThat(left).isEmpty();
  }
}
