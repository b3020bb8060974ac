package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.kubernetes.AppObjects;
import io.highlyavailable.operator.kubernetes.IngressState;
import io.highlyavailable.operator.kubernetes.MigrationRules;
import io.highlyavailable.operator.kubernetes.MigrationStep;
import io.highlyavailable.operator.kubernetes.ReplicaHandover;
import io.highlyavailable.operator.kubernetes.WorkloadInputs;
import io.highlyavailable.operator.kubernetes.WorkloadState;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BindingNames;
import io.highlyavailable.operator.plan.Handover;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.plan.Report;
import io.highlyavailable.operator.plan.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an app's Kubernetes objects as the plan has them, and says how they do. */
public final class Workload {
  private static final Logger log = LoggerFactory.getLogger(Workload.class);

  private final Executor writers = Executors.newVirtualThreadPerTaskExecutor();
  private final KubernetesStore store;
  private final Migrations migrations;

  /**
   * @param store the objects
   */
  public Workload(KubernetesStore store) {
    this.store = store;
    this.migrations = new Migrations(store);
  }

  /**
   * A part of the app that has a report of its own.
   *
   * @param name as in {@code status.components[].name}
   * @param kind of the object
   * @param condition the condition it counts towards
   * @param id namespace and name of the object; empty while there is none
   */
  record Part(String name, String kind, String condition, String id) {}

  /**
   * What was refused, by kind, in the API server's words; empty when all is well.
   *
   * @param errors kind to message, in the order met
   */
  public record Applied(Map<String, String> errors) {
    /** Nothing was refused, or nothing was tried. */
    public static final Applied ALL = new Applied(Map.of());

    /** The same, with what was refused elsewhere before it. */
    public Applied after(Applied earlier) {
      Map<String, String> all = new LinkedHashMap<>(earlier.errors());
      errors.forEach(all::putIfAbsent);
      return new Applied(all);
    }
  }

  /**
   * Writes what differs and deletes what the spec asks for no more. Objects that cannot be decided
   * on yet are left as they are.
   *
   * @param floor the fewest replicas that the app's traffic needs; 0 for none
   * @param force whether to write even what seems as it should be
   */
  public Applied apply(App app, Plan plan, int floor, boolean force) {
    Map<String, String> errors = Collections.synchronizedMap(new TreeMap<>());
    List<HasMetadata> desired = new ArrayList<>(AppObjects.early(app));
    MigrationStep migration = migrations.step(app, plan);
    if (plan.podsCanStart()) {
      AppObjects.late(app, inputs(app, plan, migration).withFloor(floor)).stream()
          .filter(object -> migration.rolloutMayBegin() || !runsImage(app, object))
          .forEach(desired::add);
    }
    together(
        desired.stream().filter(object -> !needsOthers(object) && (force || store.differs(object))),
        app,
        force,
        errors);
    desired.stream()
        .filter(Workload::needsOthers)
        .forEach(object -> attempt(object, errors, () -> write(app, object, force)));
    migrations.apply(migration, errors);
    if (!migration.rolloutMayBegin()) {
      hold(app, errors);
    }
    AppObjects.superfluous(app, store.labelled(app.key())).stream()
        .filter(object -> plan.turn().oldMayGo() || object instanceof Secret)
        .forEach(object -> attempt(object, errors, () -> store.delete(object)));
    return new Applied(errors);
  }

  private WorkloadInputs inputs(App app, Plan plan, MigrationStep migration) {
    WorkloadInputs inputs = migrations.inputs(app, plan);
    return app.instances().isPresent() && migration.rolloutMayBegin()
        ? MigrationRules.recorded(app, inputs)
        : inputs;
  }

  /**
   * What there is of an app that may be moving between pods and instances.
   *
   * @param rolloutHeld whether no new image may be rolled out to instances
   */
  public Handover handover(App app, boolean rolloutHeld) {
    boolean reached =
        app.ingress().isEmpty() || ingress(app).readiness() instanceof Readiness.Ready;
    return new Handover(
        rolloutHeld,
        app.instances().isPresent() && podsLeft(app),
        state(app).readiness() instanceof Readiness.Ready && reached);
  }

  private boolean podsLeft(App app) {
    return store.labelled(app.key()).stream()
        .filter(object -> object instanceof Deployment || object instanceof Ingress)
        .anyMatch(
            object ->
                object.getMetadata().getOwnerReferences().stream()
                    .anyMatch(owner -> owner.getUid().equals(app.identity().uid())));
  }

  /**
   * Whether instances must go on with the image they have: its successor's migration has not run.
   */
  public boolean holdsInstances(App app, Plan plan) {
    return app.instances().isPresent() && !migrations.step(app, plan).rolloutMayBegin();
  }

  /** Its Deployment, and an autoscaler that has none yet. */
  private boolean runsImage(App app, HasMetadata object) {
    return object instanceof Deployment
        || object instanceof HorizontalPodAutoscaler && deployment(app).isEmpty();
  }

  /** The old version goes on, in the number that the spec asks for. */
  private void hold(App app, Map<String, String> errors) {
    ReplicaHandover.whileHeld(app, deployment(app).orElse(null))
        .ifPresent(
            replicas ->
                attempt(
                    replicas, errors, () -> store.apply(replicas, ReplicaHandover.FIELD_MANAGER)));
  }

  /** Pods need their Secrets and service account, and an autoscaler needs its Deployment. */
  private static boolean needsOthers(HasMetadata object) {
    return object instanceof Deployment || object instanceof HorizontalPodAutoscaler;
  }

  /**
   * Writes what does not need one another at once: an app's start is mostly waiting for answers.
   */
  private void together(
      Stream<HasMetadata> objects, App app, boolean force, Map<String, String> errors) {
    objects
        .map(
            object ->
                CompletableFuture.runAsync(
                    () -> attempt(object, errors, () -> write(app, object, force)), writers))
        .toList()
        .forEach(CompletableFuture::join);
  }

  private void write(App app, HasMetadata object, boolean force) {
    if (!(object instanceof Deployment desired)) {
      store.apply(object, force);
      return;
    }
    ReplicaHandover.of(app, deployment(app).orElse(null), force || store.differs(desired))
        .ifPresent(replicas -> store.apply(replicas, ReplicaHandover.FIELD_MANAGER));
    store.apply(desired, ReplicaHandover.first(app, desired), force);
  }

  static void attempt(HasMetadata object, Map<String, String> errors, Runnable write) {
    try {
      write.run();
    } catch (KubernetesClientException | KubernetesStore.ForeignObjectException e) {
      String message = message(e);
      errors.putIfAbsent(object.getKind(), message);
      log.warn(
          "{}/{}: cannot write {}: {}",
          object.getMetadata().getNamespace(),
          object.getMetadata().getName(),
          object.getKind(),
          message);
    }
  }

  private static String message(RuntimeException e) {
    if (!(e instanceof KubernetesClientException refused)) {
      return String.valueOf(e.getMessage());
    }
    return refused.getStatus() == null || refused.getStatus().getMessage() == null
        ? "the API server did not answer"
        : refused.getStatus().getMessage();
  }

  /**
   * Deletes all that the app owns.
   *
   * @return whether all of it is gone, pods and load balancer included
   */
  public boolean remove(App app) {
    List<HasMetadata> left =
        store.labelled(app.key()).stream()
            .filter(
                object ->
                    object.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getUid().equals(app.identity().uid())))
            .toList();
    left.forEach(store::delete);
    return left.stream()
        .noneMatch(
            object ->
                object instanceof Deployment || object instanceof Ingress || object instanceof Job);
  }

  /** The state of the stateless tier. */
  public WorkloadState state(App app) {
    return WorkloadState.of(app, deployment(app).orElse(null), autoscaler(app).orElse(null));
  }

  /** The app's autoscaler, if there is one. */
  public Optional<HorizontalPodAutoscaler> autoscaler(App app) {
    return store.get(HorizontalPodAutoscaler.class, app.key(), app.identity().name());
  }

  /** The state of the Ingress. */
  public IngressState ingress(App app) {
    return IngressState.of(store.get(Ingress.class, app.key(), app.identity().name()).orElse(null));
  }

  /** What there is to say of Deployment and Ingress, or of what there is beside instances. */
  public List<Report> reports(App app, Plan plan, Applied applied) {
    if (app.instances().isPresent()) {
      return Stream.of(
              migrations.report(app, plan).stream(), left(app, plan), refusals(app, applied))
          .flatMap(reports -> reports)
          .toList();
    }
    Report workload = workload(app, plan, applied);
    Optional<Report> ingress = app.ingress().map(exposure -> ingress(app, applied));
    return Stream.of(migrations.report(app, plan), Optional.of(workload), ingress)
        .flatMap(Optional::stream)
        .toList();
  }

  private Stream<Report> left(App app, Plan plan) {
    Part part = new Part("pods", "Deployment", Compute.CONDITION, id(app));
    String message =
        plan.turn().serving()
            ? "go when that is approved: see status.plan"
            : "serve until the instances do";
    return podsLeft(app)
        ? Stream.of(
            report(part, state(app).text(), new Readiness.Ready())
                .with(Standing.READY, message, ""))
        : Stream.empty();
  }

  private static Stream<Report> refusals(App app, Applied applied) {
    Part part = new Part("objects", "Secret", Compute.CONDITION, id(app));
    return applied.errors().entrySet().stream()
        .limit(1)
        .map(error -> refused(report(part, "refused", new Readiness.Ready()), error));
  }

  private Report workload(App app, Plan plan, Applied applied) {
    WorkloadState state = state(app);
    Report report =
        report(
            new Part("workload", "Deployment", "WorkloadReady", id(app)),
            state.text(),
            state.readiness());
    Optional<Map.Entry<String, String>> refused =
        applied.errors().entrySet().stream()
            .filter(error -> !error.getKey().equals("Ingress"))
            .findFirst();
    if (refused.isPresent()) {
      return refused(report, refused.get());
    }
    if (!plan.podsCanStart()) {
      return report.with(
          Standing.PROGRESSING, "waiting for " + String.join(", ", plan.waitingFor()), "");
    }
    if (deployment(app).isEmpty() && !migrations.step(app, plan).rolloutMayBegin()) {
      return report.with(Standing.PROGRESSING, "waiting for the migration", "");
    }
    return state.warning() == null || !report.ready()
        ? report
        : report.with(Standing.READY, state.warning(), "");
  }

  private Report ingress(App app, Applied applied) {
    IngressState state = ingress(app);
    Report report =
        report(
            new Part("ingress", "Ingress", "IngressReady", id(app)),
            state.text(),
            state.readiness());
    String refused = applied.errors().get("Ingress");
    return refused == null ? report : refused(report, Map.entry("Ingress", refused));
  }

  private static Report refused(Report report, Map.Entry<String, String> error) {
    return report.with(
        Standing.FAILED,
        error.getKey() + ": " + error.getValue(),
        "Change what the message names; it is tried again by itself");
  }

  private static String id(App app) {
    return app.identity().namespace() + "/" + app.identity().name();
  }

  static Report report(Part part, String state, Readiness readiness) {
    Report report =
        new Report(
            part.name(),
            part.kind(),
            part.condition(),
            Standing.READY,
            part.id(),
            Report.CREATED,
            state,
            "",
            "",
            List.of());
    return switch (readiness) {
      case Readiness.Ready() -> report;
      case Readiness.Progressing(String reason) -> report.with(Standing.PROGRESSING, reason, "");
      case Readiness.Failed(String reason, String next) ->
          report.with(Standing.FAILED, reason, next);
    };
  }

  private Optional<Deployment> deployment(App app) {
    return store.get(Deployment.class, app.key(), app.identity().name());
  }

  /** Bindings whose Secrets exist, among those the plan knows. */
  public List<Binding> bound(App app, Plan plan) {
    return plan.bindings().stream()
        .filter(
            binding ->
                store
                    .get(
                        Secret.class,
                        app.key(),
                        BindingNames.secret(app.identity().name(), binding.suffix()))
                    .isPresent())
        .toList();
  }
}
