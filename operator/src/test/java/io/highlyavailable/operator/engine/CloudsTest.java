package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.CloudFailure.Kind;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Module;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.plan.Attempt;
import io.highlyavailable.operator.plan.HeldChanges;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.tracing.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The engine's parts together, on real threads, over a cloud in memory. */
class CloudsTest {
  private static final ComponentName NAME = new ComponentName("thing");
  private static final Upstream.Settings SETTINGS =
      new Upstream.Settings("111122223333", "aws", "", List.of(), "", "/", "");

  private static final CloudSettings QUICK =
      new CloudSettings(
          Duration.ofMillis(20),
          Duration.ofMillis(50),
          Duration.ofMillis(20),
          Duration.ofSeconds(60),
          1000);

  private static final ComponentName COPY = new ComponentName("copy");

  private final FakeAdapter cloud = new FakeAdapter("fake");
  private final FakeWakeups wakeups = new FakeWakeups();
  private final App shop = SampleApp.named("shop").build();
  private final App other = SampleApp.named("other").build();
  private final Clouds clouds =
      new Clouds(
          List.of(new FakeModule()),
          region -> cloud,
          FakeThing::classify,
          QUICK,
          InstantSource.system(),
          wakeups,
          Tracing.OFF);

  private static final class FakeModule implements Module<String, FakeThing, FakeAdapter> {
    @Override
    public Component<String, FakeThing> component() {
      return new FakeThing.Rules("thing", true, false);
    }

    @Override
    public Adapter<String, FakeThing> adapter(FakeAdapter clients) {
      return clients;
    }
  }

  @AfterEach
  void close() {
    clouds.close();
  }

  private Clouds.Sight see(App app) {
    return clouds.see(app, SETTINGS, component -> component.resourceName(app, SETTINGS));
  }

  private Observation<?> observe(App app) {
    return see(app).observations().get(NAME);
  }

  private Attempt attempt(App app) {
    return see(app).attempts().get(NAME);
  }

  private static Plan plan(App app) {
    return plan(app, NAME, new Plan.Home("", "", ""));
  }

  private static Plan plan(App app, ComponentName component, Plan.Home home) {
    Action<String, FakeThing> create =
        new Action.Create<>(app.resourceName(), app.resourceName(), Map.of());
    return plan(Map.of(component, create), home);
  }

  private static Plan plan(Map<ComponentName, Action<?, ?>> actions, Plan.Home home) {
    return new Plan(
        List.of(),
        actions,
        Map.of(),
        List.of(),
        null,
        List.of(),
        Plan.Removal.NONE,
        home,
        HeldChanges.NONE);
  }

  @Test
  void learnsActsAndWakes() {
    await().until(() -> observe(shop) instanceof Observation.Absent<?>);
    await().untilAsserted(() -> assertThat(wakeups.woken).contains(shop.key()));
    assertThat(clouds.begun(shop.key())).isEmpty();

    assertThat(clouds.act(shop, plan(shop))).containsExactly(NAME);
    assertThat(clouds.begun(shop.key())).containsExactly(NAME);
    await().until(() -> observe(shop) instanceof Observation.Present<?>);
    await().until(() -> !attempt(shop).inFlight());

    clouds.forget(shop.key());
    assertThat(clouds.begun(shop.key())).isEmpty();
  }

  @Test
  void neverSeesAnActionAsNeitherUnderWayNorDone() {
    await().until(() -> observe(shop) instanceof Observation.Absent<?>);
    CountDownLatch answer = new CountDownLatch(1);
    cloud.before =
        call -> {
          if (call.startsWith("create")) {
            await().until(() -> answer.getCount() == 0);
          }
        };
    clouds.act(shop, plan(shop));
    assertThat(attempt(shop).inFlight()).isTrue();
    answer.countDown();
    await()
        .pollInterval(Duration.ofNanos(1))
        .until(
            () -> {
              Clouds.Sight sight = see(shop);
              boolean absent = sight.observations().get(NAME) instanceof Observation.Absent<?>;
              assertThat(absent && !sight.attempts().get(NAME).inFlight()).isFalse();
              return !absent;
            });
  }

  @Test
  void saysHowMuchThereIsToDoAndSinceWhenItKnows() {
    assertThat(clouds.load()).isEqualTo(new CloudLoad(0, 0, List.of()));
    Instant before = Instant.now();
    await().until(() -> observe(shop) instanceof Observation.Absent<?>);
    CountDownLatch answer = new CountDownLatch(1);
    cloud.before =
        call -> {
          if (call.startsWith("create")) {
            await().until(() -> answer.getCount() == 0);
          }
        };
    clouds.act(shop, plan(shop));
    await().until(() -> clouds.load().running() == 1);
    answer.countDown();
    await().until(() -> clouds.load().running() == 0);
    assertThat(clouds.load().inventories())
        .singleElement()
        .satisfies(
            inventory -> {
              assertThat(inventory.region()).isEqualTo(shop.region());
              assertThat(inventory.asOf()).isAfter(before);
            });
  }

  @Test
  void oneAppsFailuresAreNotAnothers() {
    cloud.namesOnly = true;
    cloud.with(FakeThing.of(shop.resourceName()), FakeThing.of(other.resourceName()));
    cloud.before =
        call -> {
          if (call.equals("find " + shop.resourceName())) {
            throw FakeThing.thrown(Kind.DENIED);
          }
        };
    await().until(() -> attempt(shop).readFailure() != null);
    await().until(() -> observe(other) instanceof Observation.Present<?>);
    assertThat(attempt(other).readFailure()).isNull();
    assertThat(observe(shop)).isInstanceOf(Observation.Unknown.class);
  }

  @Test
  void stopsLookingForAnAppThatIsGone() {
    await().until(() -> observe(shop) instanceof Observation.Absent<?>);
    clouds.forget(shop.key());
    wakeups.woken.clear();
    cloud.with(FakeThing.of(shop.resourceName()));
    await().during(Duration.ofMillis(200)).until(wakeups.woken::isEmpty);
  }

  @Test
  void looksAgainWhenAsked() {
    cloud.namesOnly = true;
    cloud.with(FakeThing.of(shop.resourceName()));
    await().until(() -> observe(shop) instanceof Observation.Present<?>);
    cloud.with(FakeThing.of(shop.resourceName()).in("changed"));
    clouds.refresh(shop);
    await()
        .until(
            () ->
                observe(shop)
                    .equals(
                        new Observation.Present<>(
                            FakeThing.of(shop.resourceName()).in("changed"))));
  }

  /** Things where the apps are, and their copies in another region. */
  private final class TwoRegions {
    private final Map<String, FakeRegion> regions = new ConcurrentHashMap<>();
    private final Clouds both =
        new Clouds(
            List.of(new CopiedModule("thing", false), new CopiedModule("copy", true)),
            region -> regions.computeIfAbsent(region, name -> new FakeRegion()),
            FakeThing::classify,
            QUICK,
            InstantSource.system(),
            wakeups,
            Tracing.OFF);

    private Observation<?> see(App app, String recovery, ComponentName name) {
      return both.see(app, settings(recovery), it -> it.resourceName(app, settings(recovery)))
          .observations()
          .get(name);
    }

    private FakeAdapter cloud(String region, String component) {
      return regions.get(region).adapters.get(component);
    }
  }

  /** One adapter a component: the clients of one region. */
  private static final class FakeRegion {
    private final Map<String, FakeAdapter> adapters =
        Map.of("thing", new FakeAdapter("fake"), "copy", new FakeAdapter("fake"));
  }

  private record CopiedModule(String name, boolean elsewhere)
      implements Module<String, FakeThing, FakeRegion> {
    @Override
    public Component<String, FakeThing> component() {
      return new FakeThing.Rules(name, true, elsewhere);
    }

    @Override
    public Adapter<String, FakeThing> adapter(FakeRegion clients) {
      return clients.adapters.get(name);
    }
  }

  private static Upstream.Settings settings(String recovery) {
    return new Upstream.Settings(
        "111122223333", "aws", "", List.of(), "", "/", "", recovery, List.of());
  }

  private static Plan copying(App app, String recovery) {
    return plan(app, COPY, new Plan.Home("111122223333", "us-east-1", recovery));
  }

  @Test
  void looksForCopiesInTheRecoveryRegionAndForTheRestAtHome() {
    TwoRegions world = new TwoRegions();
    try (Clouds both = world.both) {
      await().until(() -> world.see(shop, "us-west-2", COPY) instanceof Observation.Absent<?>);
      await().until(() -> world.see(shop, "us-west-2", NAME) instanceof Observation.Absent<?>);
      assertThat(world.cloud("us-west-2", "thing").calls).isEmpty();
      assertThat(world.cloud("us-east-1", "copy").calls).isEmpty();

      assertThat(both.act(shop, copying(shop, "us-west-2"))).containsExactly(COPY);
      await().until(() -> world.see(shop, "us-west-2", COPY) instanceof Observation.Present<?>);
      assertThat(world.cloud("us-west-2", "copy").count("create")).isOne();
      assertThat(world.cloud("us-east-1", "copy").calls).isEmpty();
    }
  }

  @Test
  void looksForNoCopiesWhereThereAreNone() {
    TwoRegions world = new TwoRegions();
    try (Clouds both = world.both) {
      await().until(() -> world.see(shop, "", NAME) instanceof Observation.Absent<?>);
      assertThat(world.see(shop, "", COPY)).isNull();
      assertThat(both.act(shop, copying(shop, ""))).isEmpty();
      assertThat(world.regions).containsOnlyKeys("us-east-1");
    }
  }

  @Test
  void stopsLookingInTheOldRecoveryRegion() {
    TwoRegions world = new TwoRegions();
    try (Clouds both = world.both) {
      await().until(() -> world.see(shop, "us-west-2", COPY) instanceof Observation.Absent<?>);
      await().until(() -> world.see(shop, "eu-west-1", COPY) instanceof Observation.Absent<?>);
      wakeups.woken.clear();
      world.cloud("us-west-2", "copy").with(FakeThing.of(shop.resourceName()));
      await().during(Duration.ofMillis(200)).until(wakeups.woken::isEmpty);
      world.cloud("eu-west-1", "copy").with(FakeThing.of(shop.resourceName()));
      await().until(() -> wakeups.woken.contains(shop.key()));
    }
  }

  @Test
  void forgetsThatACreationWasBegunOnceItsComponentIsGone() {
    await().until(() -> observe(shop) instanceof Observation.Absent<?>);
    clouds.act(shop, plan(shop));
    await().until(() -> !attempt(shop).inFlight());
    assertThat(clouds.begun(shop.key())).containsExactly(NAME);
    clouds.act(shop, plan(Map.of(), new Plan.Home("", "", "")));
    assertThat(clouds.begun(shop.key())).isEmpty();
  }
}
