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
import io.highlyavailable.operator.plan.Plan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The engine's parts together, on real threads, over a cloud in memory. */
class CloudsTest {
  private static final ComponentName NAME = new ComponentName("thing");
  private static final Upstream.Settings SETTINGS =
      new Upstream.Settings("111122223333", "aws", "", List.of(), "", "/", "");

  private final FakeAdapter cloud = new FakeAdapter("fake");
  private final FakeWakeups wakeups = new FakeWakeups();
  private final App shop = SampleApp.named("shop").build();
  private final App other = SampleApp.named("other").build();
  private final Clouds clouds =
      new Clouds(
          List.of(new FakeModule()),
          region -> cloud,
          FakeThing::classify,
          new CloudSettings(
              Duration.ofMillis(20),
              Duration.ofMillis(50),
              Duration.ofMillis(20),
              Duration.ofSeconds(60),
              1000),
          InstantSource.system(),
          wakeups);

  private static final class FakeModule implements Module<String, FakeThing, FakeAdapter> {
    @Override
    public Component<String, FakeThing> component() {
      return new FakeThing.Rules("thing", true);
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
    return clouds.see(app, SETTINGS, component -> true);
  }

  private Observation<?> observe(App app) {
    return see(app).observations().get(NAME);
  }

  private Attempt attempt(App app) {
    return see(app).attempts().get(NAME);
  }

  private static Plan plan(App app) {
    Action<String, FakeThing> create =
        new Action.Create<>(app.resourceName(), app.resourceName(), Map.of());
    return new Plan(
        List.of(),
        Map.of(NAME, create),
        Map.of(),
        List.of(),
        null,
        List.of(),
        Plan.Removal.NONE,
        new Plan.Home("", ""));
  }

  @Test
  void learnsActsAndWakes() {
    assertThat(observe(shop)).isInstanceOf(Observation.Unknown.class);
    await().until(() -> observe(shop) instanceof Observation.Absent<?>);
    assertThat(wakeups.woken).contains(shop.key());
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
}
