package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.highlyavailable.operator.kubernetes.AppMetadata;
import io.highlyavailable.operator.kubernetes.MigrationRules;
import io.highlyavailable.operator.kubernetes.MigrationStep;
import io.highlyavailable.operator.kubernetes.WorkloadInputs;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.plan.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs an app's migration before its image is rolled out; never waits for it. */
final class Migrations {
  private final KubernetesStore store;

  Migrations(KubernetesStore store) {
    this.store = store;
  }

  /** What pods need to know, as far as the plan knows it. */
  WorkloadInputs inputs(App app, Plan plan) {
    return new WorkloadInputs(
        plan.bindings(),
        plan.podRole(),
        app.instances().isEmpty()
            ? migrated(app, Deployment.class)
            : migrated(app, ServiceAccount.class));
  }

  private List<String> migrated(App app, Class<? extends HasMetadata> kind) {
    return MigrationRules.migrated(store.get(kind, app.key(), app.identity().name()).orElse(null));
  }

  /** What to do next. */
  MigrationStep step(App app, Plan plan) {
    WorkloadInputs inputs = inputs(app, plan);
    return plan.podsCanStart()
        ? MigrationRules.decide(
            app,
            inputs,
            store.labelled(Job.class, app.key(), AppMetadata.JOB, MigrationRules.PURPOSE),
            store.labelled(Pod.class, app.key(), AppMetadata.JOB, MigrationRules.PURPOSE))
        : MigrationRules.waiting(app, inputs, String.join(", ", plan.waitingFor()));
  }

  /** Does it. A Job that is there is left as it is: it cannot be changed. */
  void apply(MigrationStep step, Map<String, String> errors) {
    step.delete().forEach(job -> Workload.attempt(job, errors, () -> store.delete(job)));
    step.toCreate().ifPresent(job -> Workload.attempt(job, errors, () -> store.apply(job, false)));
  }

  /** What there is to say; nothing for an app without a migration. */
  Optional<Report> report(App app, Plan plan) {
    MigrationStep step = step(app, plan);
    if (!step.asked()) {
      return Optional.empty();
    }
    String id = step.job().isEmpty() ? "" : app.identity().namespace() + "/" + step.job();
    return Optional.of(
        Workload.report(
            new Workload.Part("migration", "Job", "WorkloadReady", id),
            step.state(),
            step.readiness()));
  }
}
