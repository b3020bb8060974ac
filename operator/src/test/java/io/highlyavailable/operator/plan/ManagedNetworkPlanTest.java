package io.highlyavailable.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.AwsCatalogue;
import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.AwsWorld;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Module;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Piece;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NatGateways;
import io.highlyavailable.operator.model.NetworkChoice;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How a managed network comes into being, plan by plan, with each plan carried out against the
 * emulator: every number of zones with every kind of way out. Goldens are in {@code
 * golden/network}; rewritten with {@code -Dupdate.generated=true}.
 */
@WithTestbed
class ManagedNetworkPlanTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/network");

  /** More than any of these networks takes. */
  private static final int ROUNDS = 20;

  private static final List<Module<?, ?, AwsClients>> MODULES =
      AwsCatalogue.modules().stream()
          .filter(module -> module.component().condition().equals(ManagedNetwork.CONDITION))
          .toList();

  private final Planner planner = new Planner(MODULES.stream().map(Module::component).toList());
  private final AwsWorld world;
  private final String clusterVpc;
  private final AwsClients clients;

  ManagedNetworkPlanTest(AwsEmulator emulator, Network network) {
    this.world = new AwsWorld(emulator, network);
    this.clusterVpc = network.vpcId();
    this.clients = world.clients("plan", CallListener.NONE);
  }

  static Stream<Arguments> networks() {
    return IntStream.rangeClosed(1, NetworkChoice.Managed.MOST_ZONES)
        .boxed()
        .flatMap(
            zones -> Stream.of(NatGateways.values()).map(nat -> Arguments.of(zones, nat, true)))
        .mapMulti(
            (arguments, sink) -> {
              sink.accept(arguments);
              if (arguments.get()[0].equals(2) && arguments.get()[1] == NatGateways.NONE) {
                sink.accept(Arguments.of(2, NatGateways.NONE, false));
              }
            });
  }

  @ParameterizedTest
  @MethodSource("networks")
  void isMadeStepByStep(int zones, NatGateways nat, boolean peered) throws IOException {
    App app = SampleApp.unique().managed(zones, nat, peered).build();
    compare(app, zones + "-zones-" + nat + (peered ? "" : "-apart"));
  }

  @Test
  void isMadeWithItsTrafficRecorded() throws IOException {
    compare(SampleApp.unique().recorded(30).build(), "flow-logs");
  }

  private void compare(App app, String name) throws IOException {
    String steps = make(app);
    Path golden = GOLDEN.resolve(name.toLowerCase(java.util.Locale.ROOT) + ".txt");
    if (Boolean.getBoolean("update.generated")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, steps);
    }
    assertThat(steps).isEqualTo(Files.readString(golden));
  }

  private String make(App app) {
    StringBuilder steps = new StringBuilder();
    Map<ComponentName, Creation> intents = Map.of();
    for (int round = 1; round <= ROUNDS; round++) {
      Map<ComponentName, Observation<?>> seen = observe(app);
      Plan plan = planner.plan(view(app, seen, intents));
      boolean promised = promises(plan, intents);
      intents = intents(plan);
      if (plan.actions().isEmpty() && !promised) {
        assertThat(plan.reports()).allMatch(Report::ready);
        return steps.toString();
      }
      if (!plan.actions().isEmpty()) {
        steps.append("# ").append(round).append('\n').append(text(app, plan, seen));
        plan.actions().forEach((name, action) -> carryOut(name, action));
      }
    }
    throw new AssertionError("still not settled:\n" + steps);
  }

  private static boolean promises(Plan plan, Map<ComponentName, Creation> intents) {
    return !intents(plan).equals(intents);
  }

  private static Map<ComponentName, Creation> intents(Plan plan) {
    return plan.creations().entrySet().stream()
        .collect(Collectors.toMap(entry -> new ComponentName(entry.getKey()), Map.Entry::getValue));
  }

  private AppView view(
      App app, Map<ComponentName, Observation<?>> seen, Map<ComponentName, Creation> intents) {
    return new AppView(
        app,
        world.settings(),
        seen,
        Map.of(),
        Recorded.NOTHING,
        Map.of(),
        Map.of(),
        Set.of(),
        null,
        true,
        ChangeGate.OPEN,
        null,
        new Creations(intents, "me", Instant.EPOCH, Duration.ofSeconds(1)));
  }

  private Map<ComponentName, Observation<?>> observe(App app) {
    Map<ComponentName, Observation<?>> seen = new HashMap<>();
    Map<String, Map<String, CloudResource>> listed = new HashMap<>();
    MODULES.stream()
        .filter(module -> module.component().wanted(app))
        .forEach(
            module -> {
              Component<?, ?> component = module.component();
              String name = component.resourceName(app, world.settings()).orElseThrow();
              Map<String, CloudResource> rows =
                  listed.computeIfAbsent(
                      module.inventory(), it -> rows(module.adapter(clients), name));
              seen.put(
                  component.name(),
                  rows.containsKey(name)
                      ? new Observation.Present<>(rows.get(name))
                      : new Observation.Absent<>());
            });
    return seen;
  }

  /** What is listed by name only is what there is one of in an app. */
  private static Map<String, CloudResource> rows(Adapter<?, ?> adapter, String name) {
    Listing<?> listing = adapter.list();
    Map<String, CloudResource> rows = new HashMap<>();
    listing.rows().forEach(row -> rows.put(row.name(), row));
    if (listing.namesOnly().contains(name)) {
      adapter.find(name).ifPresent(row -> rows.put(row.name(), row));
    }
    return rows;
  }

  @SuppressWarnings("unchecked") // the planner made the action from this very component
  private <D, R extends CloudResource> void carryOut(ComponentName name, Action<?, ?> action) {
    Module<D, R, AwsClients> module =
        (Module<D, R, AwsClients>)
            MODULES.stream()
                .filter(it -> it.component().name().equals(name))
                .findFirst()
                .orElseThrow();
    Adapter<D, R> adapter = module.adapter(clients);
    switch ((Action<D, R>) action) {
      case Action.Create<D, R> create -> adapter.create(create.desired(), create.tags());
      case Action.Update<D, R> update ->
          adapter.update(update.actual(), update.desired(), update.changes());
      case Action.Tag<D, R> tag -> throw new AssertionError(tag.summary());
      case Action.Delete<D, R> delete -> throw new AssertionError(delete.summary());
    }
  }

  private String text(App app, Plan plan, Map<ComponentName, Observation<?>> seen) {
    String text =
        new TreeMap<>(plan.actions())
            .entrySet().stream()
                .map(entry -> entry.getKey() + ": " + line(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    for (Map.Entry<ComponentName, Observation<?>> entry : seen.entrySet()) {
      if (entry.getValue() instanceof Observation.Present<?>(Piece<?> row)) {
        text = text.replace(row.resourceId(), "<" + entry.getKey() + ">");
      }
    }
    NetworkChoice.Managed network = ManagedNetwork.of(app).orElseThrow();
    for (int zone = 1; zone <= NetworkChoice.Managed.MOST_ZONES; zone++) {
      text = text.replace(network.privateSubnet(zone).toString(), "<private " + zone + ">");
      text = text.replace(network.publicSubnet(zone).toString(), "<public " + zone + ">");
    }
    return text.replace(network.cidr().toString(), "<cidr>")
        .replace(clusterVpc, "<cluster's VPC>")
        .replace(app.resourceName(), "<app>")
        .replaceAll("rtb-[0-9a-f]+(, rtb-[0-9a-f]+)*", "<cluster's tables>")
        .transform(ManagedNetworkPlanTest::ordered);
  }

  /** Lists are in the order of ids, which nobody knows before. */
  private static String ordered(String text) {
    return Pattern.compile("\\[(<[^\\]]+>)\\]")
        .matcher(text)
        .replaceAll(
            list ->
                Stream.of(list.group(1).split(", "))
                    .sorted()
                    .collect(Collectors.joining(", ", "[", "]")));
  }

  private static String line(Action<?, ?> action) {
    return switch (action) {
      case Action.Create<?, ?> create -> "create " + create.desired();
      case Action.Update<?, ?> update -> "update " + update.changes();
      case Action.Tag<?, ?> tag -> tag.summary();
      case Action.Delete<?, ?> delete -> delete.summary();
    };
  }
}
