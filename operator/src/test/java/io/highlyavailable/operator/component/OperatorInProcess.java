package io.highlyavailable.operator.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.operator.aws.AwsCatalogue;
import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.aws.CloudErrors;
import io.highlyavailable.operator.engine.CloudSettings;
import io.highlyavailable.operator.engine.Clouds;
import io.highlyavailable.operator.engine.Wakeups;
import io.highlyavailable.operator.kubernetes.ZoneSpread;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.model.Sensitive;
import io.highlyavailable.operator.plan.AppView;
import io.highlyavailable.operator.plan.ChangeGate;
import io.highlyavailable.operator.plan.Creations;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.plan.Planner;
import io.highlyavailable.operator.plan.Recorded;
import io.highlyavailable.operator.plan.RecoveryMove;
import io.highlyavailable.operator.plan.Report;
import io.highlyavailable.operator.plan.Standing;
import io.highlyavailable.operator.status.Outcome;
import io.highlyavailable.operator.status.StatusBuilder;
import io.highlyavailable.operator.status.StatusReader;
import io.highlyavailable.operator.tracing.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The operator for one app without Kubernetes: the real planner, inventories, action queue and
 * adapters against the emulator, and a status in memory. It calls as somebody of its own, so that
 * faults can be its alone and several can run at once.
 */
final class OperatorInProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Looks often at what is about to change only, and otherwise when it is told to. */
  private static final CloudSettings QUICK =
      new CloudSettings(
          Duration.ofMillis(300),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          1000);

  private static final Duration LOOK_EVERY = Duration.ofMillis(400);

  private static final Wakeups NONE =
      new Wakeups() {
        @Override
        public void wake(AppKey app) {}

        @Override
        public void wakeAfter(AppKey app, Duration delay) {}
      };

  private final AwsWorld world;
  private final String caller;
  private final Clouds clouds;
  private final StatusBuilder statuses = new StatusBuilder(InstantSource.system());
  private final List<Report> said = new ArrayList<>();
  private final Set<ComponentName> looksAt;
  private Planner planner;
  private App app;
  private Set<String> approvedFormerOwners = Set.of();
  private @Nullable HighlyAvailableAppStatus status;

  /**
   * @param caller the access key id of its calls
   * @param components what it knows, each after what it depends on
   * @param looksAt what it looks at, whether or not it makes it
   */
  OperatorInProcess(
      AwsWorld world,
      String caller,
      App app,
      List<? extends Component<?, ?>> components,
      Set<ComponentName> looksAt) {
    this.looksAt = looksAt;
    this.world = world;
    this.caller = caller;
    this.app = app;
    this.planner = new Planner(components);
    this.clouds =
        new Clouds(
            AwsCatalogue.modules(),
            region -> world.clients(caller, CallListener.NONE, region),
            CloudErrors::classify,
            QUICK,
            InstantSource.system(),
            NONE,
            Tracing.OFF);
  }

  String caller() {
    return caller;
  }

  App app() {
    return app;
  }

  /** What a person applies. */
  OperatorInProcess apply(App wanted) {
    this.app = wanted;
    return this;
  }

  /** Reads what another has written down. */
  OperatorInProcess after(OperatorInProcess before) {
    this.status = before.status;
    return this;
  }

  /** What it knows from now on. */
  OperatorInProcess knowing(List<? extends Component<?, ?>> components) {
    this.planner = new Planner(components);
    return this;
  }

  /** What an administrator sets. */
  OperatorInProcess approving(String formerOwner) {
    this.approvedFormerOwners = Set.of(formerOwner);
    return this;
  }

  /** The last status that it wrote. */
  HighlyAvailableAppStatus status() {
    if (status == null) {
      throw new IllegalStateException("it has said nothing yet");
    }
    return status;
  }

  /** Everything it ever said of a component. */
  List<Report> said(ComponentName component) {
    return said.stream().filter(report -> report.name().equals(component.value())).toList();
  }

  /** Reconciles until a plan is as it should be. */
  Plan until(String what, Predicate<Plan> done) {
    Plan[] last = {reconcile()};
    await()
        .alias(caller)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(30))
        .untilAsserted(
            () -> {
              last[0] = reconcile();
              assertThat(done.test(last[0])).as(() -> what + text(last[0])).isTrue();
            });
    return last[0];
  }

  private static String text(Plan plan) {
    return "\n"
        + plan.reports().stream().map(Report::toString).collect(Collectors.joining("\n"))
        + "\n"
        + plan.actions()
        + "\n"
        + plan.removal();
  }

  /** Reconciles until everything that is wanted does its job, and nothing is left to do. */
  Plan untilReady() {
    return until("ready", plan -> plan.actions().isEmpty() && allReady(plan));
  }

  /** The same, and looks again and again at what follows by itself. */
  Plan untilSeenReady() {
    return untilNoticed("ready", plan -> plan.actions().isEmpty() && allReady(plan));
  }

  private static boolean allReady(Plan plan) {
    return plan.reports().stream().allMatch(report -> report.standing() == Standing.READY);
  }

  /** The same, and looks again and again at what somebody may have changed behind its back. */
  Plan untilNoticed(String what, Predicate<Plan> done) {
    long[] looked = {0};
    return until(
        what,
        plan -> {
          if (System.nanoTime() - looked[0] > LOOK_EVERY.toNanos()) {
            looked[0] = System.nanoTime();
            clouds.refresh(app);
          }
          return done.test(plan);
        });
  }

  /** Reconciles until it says this of a component, and looks again and again. */
  Report untilNoticed(ComponentName component, String what, Predicate<Report> done) {
    Plan plan =
        untilNoticed(component + " " + what, it -> report(it, component).filter(done).isPresent());
    return report(plan, component).orElseThrow();
  }

  /** Reconciles until it says this of a component. */
  Report until(ComponentName component, String what, Predicate<Report> done) {
    Plan plan = until(component + " " + what, it -> report(it, component).filter(done).isPresent());
    return report(plan, component).orElseThrow();
  }

  private static Optional<Report> report(Plan plan, ComponentName component) {
    return plan.reports().stream()
        .filter(report -> report.name().equals(component.value()))
        .findFirst();
  }

  private Plan reconcile() {
    AppView view = view();
    Plan plan = planner.plan(view);
    said.addAll(plan.reports());
    clouds.act(app, plan);
    if (!view.firstLook()) {
      status = statuses.build(outcome(plan), status);
    }
    return plan;
  }

  private AppView view() {
    Recorded recorded = StatusReader.recorded(status).with(clouds.begun(app.key()));
    App now = RecoveryMove.next(app, recorded, planner.catalogue());
    Upstream.Settings settings =
        Records.with(world.settings(), "recoveryRegion", RecoveryMove.region(now, recorded));
    Clouds.Sight sight =
        clouds.see(
            now,
            settings,
            it ->
                looksAt.contains(it.name())
                    ? Planner.nameOf(it, now, settings, recorded)
                    : Optional.empty());
    return new AppView(
        now,
        settings,
        sight.observations(),
        sight.attempts(),
        recorded,
        secrets(now),
        Map.of(),
        approvedFormerOwners,
        null,
        true,
        ChangeGate.OPEN,
        null,
        new Creations(
            StatusReader.creations(status, Instant.now()),
            caller,
            Instant.now(),
            QUICK.settleWindow()));
  }

  /** As if they had been written down already. */
  private Map<String, Sensitive> secrets(App wanted) {
    return planner.catalogue().stream()
        .flatMap(it -> it.generatedSecrets(wanted).lengths().keySet().stream())
        .distinct()
        .collect(Collectors.toMap(it -> it, it -> new Sensitive(AwsWorld.SECRET)));
  }

  private Outcome outcome(Plan plan) {
    return new Outcome(
        app,
        plan.reports(),
        plan.bindings(),
        plan.removal(),
        "",
        "",
        0,
        0,
        plan.home(),
        plan.held(),
        plan.backups(),
        plan.beginnings(),
        plan.creations(),
        null,
        "",
        "",
        null,
        ZoneSpread.UNKNOWN);
  }

  @Override
  public void close() {
    clouds.close();
  }
}
