package io.highlyavailable.bench;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.UserSlot;
import io.highlyavailable.operator.component.UserTarget;
import io.highlyavailable.operator.component.database.Database;
import io.highlyavailable.operator.component.database.DatabaseRules;
import io.highlyavailable.operator.kubernetes.AppObjects;
import io.highlyavailable.operator.kubernetes.IngressState;
import io.highlyavailable.operator.kubernetes.MasterSecret;
import io.highlyavailable.operator.kubernetes.ReplicaHandover;
import io.highlyavailable.operator.kubernetes.UserFacts;
import io.highlyavailable.operator.kubernetes.UserRules;
import io.highlyavailable.operator.kubernetes.UserStep;
import io.highlyavailable.operator.kubernetes.WorkloadInputs;
import io.highlyavailable.operator.kubernetes.WorkloadState;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Sensitive;
import io.highlyavailable.operator.plan.AppView;
import io.highlyavailable.operator.plan.ChangeGate;
import io.highlyavailable.operator.plan.Creations;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.plan.Planner;
import io.highlyavailable.operator.plan.Recorded;
import io.highlyavailable.operator.plan.Report;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One app on its way, written by the raw client. The operator's own planner and renderers say what
 * to write, so that it is the same; everything is written as soon as what it is made of is known.
 * Runs on a thread of its own, which alone touches its state.
 */
final class RawApp {
  /** Fake nodes pull nothing. */
  private static final String IMAGE = "highlyavailableapp:local";

  private final App app;
  private final Upstream.Settings settings;
  private final Planner planner;
  private final RawWriter writer;
  private final BlockingQueue<Runnable> news = new LinkedBlockingQueue<>();
  private final Map<ComponentName, Observation<?>> observations = new HashMap<>();
  private final Map<String, Sensitive> secrets = new HashMap<>();
  private final Set<Object> begun = new HashSet<>();
  private final Set<ComponentName> inFlight = new HashSet<>();
  private @Nullable Deployment deployment;
  private @Nullable Ingress ingress;
  private @Nullable Job job;

  RawApp(
      App app,
      Upstream.Settings settings,
      Planner planner,
      RawWriter writer,
      Map<ComponentName, Observation<?>> known) {
    this.app = app;
    this.settings = settings;
    this.planner = planner;
    this.writer = writer;
    planner.catalogue().forEach(c -> observations.put(c.name(), new Observation.Absent<>()));
    observations.putAll(known);
  }

  App app() {
    return app;
  }

  /** A component's resource was read. */
  void seen(ComponentName component, CloudResource row) {
    news.add(() -> observations.put(component, new Observation.Present<>(row)));
  }

  /** The Deployment changed. */
  void seen(Deployment changed) {
    news.add(() -> deployment = changed);
  }

  /** The Job that makes its database user changed. */
  void seen(Job changed) {
    news.add(() -> job = changed);
  }

  /** The Ingress changed. */
  void seen(Ingress changed) {
    news.add(() -> ingress = changed);
  }

  /** Returns when the app is ready. */
  void run() throws InterruptedException {
    writer.parallel(AppObjects.early(app), news::add);
    while (!advance()) {
      news.take().run();
      for (Runnable more = news.poll(); more != null; more = news.poll()) {
        more.run();
      }
    }
  }

  private boolean advance() {
    Plan plan = planner.plan(view());
    plan.secrets().forEach(this::generate);
    plan.actions().forEach(this::write);
    users().toCreate().ifPresent(this::makeUser);
    if (plan.podsCanStart() && begun.add(Deployment.class)) {
      deploy(AppObjects.late(app, new WorkloadInputs(plan.bindings(), plan.podRole())));
    }
    return plan.reports().stream().allMatch(Report::ready)
        && WorkloadState.of(app, deployment, null).readiness() instanceof Readiness.Ready
        && IngressState.of(ingress).readiness() instanceof Readiness.Ready;
  }

  private AppView view() {
    return new AppView(
        app,
        settings,
        observations,
        Map.of(),
        Recorded.NOTHING,
        secrets,
        Map.of(),
        Set.of(),
        null,
        false,
        ChangeGate.OPEN,
        users().toBind().orElse(null),
        Creations.NONE);
  }

  /** Nothing exists before, so that the first user is the one that is wanted. */
  private UserStep users() {
    Map<UserSlot, UserFacts.Password> passwords = new EnumMap<>(UserSlot.class);
    for (UserSlot slot : UserSlot.values()) {
      Sensitive password = secrets.get(slot.suffix());
      if (password != null) {
        passwords.put(slot, new UserFacts.Password(password, ""));
      }
    }
    UserTarget target =
        observations.get(DatabaseRules.NAME) instanceof Observation.Present<?>(Database row)
                && row.endpoint() != null
            ? DatabaseRules.userTarget(app, row)
            : null;
    return UserRules.decide(
        app,
        target,
        new UserFacts(
            IMAGE, passwords, List.of(), null, job == null ? List.of() : List.of(job), List.of()));
  }

  private void makeUser(Job wanted) {
    if (begun.add(Job.class)) {
      writer.submit(() -> writer.create(wanted), news::add);
    }
  }

  private void generate(String suffix, int length) {
    if (begun.add(suffix)) {
      Sensitive password = new Sensitive("x".repeat(length));
      writer.submit(
          () -> {
            writer.create(MasterSecret.of(app, suffix, password));
            news.add(() -> secrets.put(suffix, password));
          },
          news::add);
    }
  }

  /** One write of a component at a time; alarms are added as what they watch comes up. */
  private void write(ComponentName component, Action<?, ?> action) {
    if (inFlight.add(component)) {
      writer.submit(
          () -> {
            CloudResource row = writer.write(component, action);
            news.add(
                () -> {
                  observations.put(component, new Observation.Present<>(row));
                  inFlight.remove(component);
                });
          },
          news::add);
    }
  }

  /** What pods refer to comes before what makes pods. */
  private void deploy(List<HasMetadata> objects) {
    Predicate<HasMetadata> later =
        object -> Set.of("Deployment", "HorizontalPodAutoscaler").contains(object.getKind());
    writer.submit(
        () -> {
          writer.parallelAndWait(objects.stream().filter(later.negate()).toList());
          writer.parallelAndWait(objects.stream().filter(later).map(this::first).toList());
        },
        news::add);
  }

  private HasMetadata first(HasMetadata object) {
    return object instanceof Deployment desired ? ReplicaHandover.first(app, desired) : object;
  }
}
