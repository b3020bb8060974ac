package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Migration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an image may be rolled out: only after its migration has run to success. The
 * Deployment keeps a record of the images that were migrated, so that neither a cleaned-up Job nor
 * a return to an earlier image runs one again.
 */
public final class MigrationRules {
  /**
   * Annotation of the Deployment, or of the service account: what was migrated, newest first,
   * separated by commas.
   */
  static final String MIGRATED = "highlyavailable.io/migrated";

  /** The value of {@link AppMetadata#JOB} on these Jobs and their pods. */
  public static final String PURPOSE = MigrationJob.PURPOSE;

  /** As many as there are revisions that a person may go back to, and some. */
  private static final int REMEMBERED = 10;

  /** Entries of bindings that nobody else may read. */
  private static final Set<String> SECRET = Set.of("password", "uri", "authToken");

  private final App app;
  private final List<Job> jobs;
  private final List<Pod> pods;

  private MigrationRules(App app, List<Job> jobs, List<Pod> pods) {
    this.app = app;
    this.jobs = jobs;
    this.pods = pods;
  }

  /**
   * What an app's Deployment says was migrated, newest first; where it runs on instances, its
   * service account says it.
   */
  public static List<String> migrated(@Nullable HasMetadata object) {
    Map<String, String> annotations = object == null ? null : object.getMetadata().getAnnotations();
    String recorded = annotations == null ? null : annotations.get(MIGRATED);
    return recorded == null ? List.of() : List.of(recorded.split(","));
  }

  /** The record as it is when this image is rolled out. */
  static String record(App app, Migration migration, WorkloadInputs inputs) {
    String key = MigrationJob.key(app, migration);
    return Stream.concat(
            Stream.of(key), inputs.migrated().stream().filter(other -> !other.equals(key)))
        .limit(REMEMBERED)
        .collect(Collectors.joining(","));
  }

  /** What instances need to know once this image is rolled out to them. */
  public static WorkloadInputs recorded(App app, WorkloadInputs inputs) {
    return app.workload()
        .beforeRollout()
        .map(migration -> List.of(record(app, migration, inputs).split(",")))
        .map(migrated -> new WorkloadInputs(inputs.bindings(), inputs.roleArn(), migrated))
        .orElse(inputs);
  }

  /**
   * What to do next.
   *
   * @param inputs what the pods need to know, all of it
   * @param jobs the app's Jobs of this {@link #PURPOSE}
   * @param pods the pods of the app's Jobs
   */
  public static MigrationStep decide(
      App app, WorkloadInputs inputs, List<Job> jobs, List<Pod> pods) {
    MigrationRules rules = new MigrationRules(app, jobs, pods);
    return app.workload()
        .beforeRollout()
        .map(migration -> rules.decide(migration, inputs))
        .orElseGet(() -> new MigrationStep(false, new Readiness.Ready(), "", "", null, jobs));
  }

  /**
   * What there is to say while it is not known yet what the pods need to know.
   *
   * @param reason what is waited for
   */
  public static MigrationStep waiting(App app, WorkloadInputs inputs, String reason) {
    Optional<Migration> migration = app.workload().beforeRollout();
    boolean wait =
        migration.isPresent()
            && !inputs.migrated().contains(MigrationJob.key(app, migration.get()));
    return new MigrationStep(
        migration.isPresent(),
        wait ? new Readiness.Progressing("waiting for " + reason) : new Readiness.Ready(),
        wait ? JobState.Phase.WAITING.word() : JobState.Phase.SUCCEEDED.word(),
        "",
        null,
        List.of());
  }

  private MigrationStep decide(Migration migration, WorkloadInputs inputs) {
    String key = MigrationJob.key(app, migration);
    Optional<Job> done = jobs.stream().filter(job -> isFor(job, key) && succeeded(job)).findFirst();
    if (done.isPresent() || inputs.migrated().contains(key)) {
      return new MigrationStep(
          true,
          new Readiness.Ready(),
          JobState.Phase.SUCCEEDED.word(),
          done.map(job -> job.getMetadata().getName()).orElse(""),
          null,
          jobs.stream().filter(job -> !isFor(job, key) && !running(job)).toList());
    }
    Job wanted = MigrationJob.of(app, migration, inputs);
    String name = wanted.getMetadata().getName();
    List<Job> others =
        jobs.stream().filter(job -> !job.getMetadata().getName().equals(name)).toList();
    return jobs.stream()
        .filter(job -> job.getMetadata().getName().equals(name))
        .findFirst()
        .map(job -> observe(job, others, inputs))
        .orElseGet(() -> begin(wanted, others));
  }

  /** One at a time: an earlier one that runs is not stopped half-way. */
  private MigrationStep begin(Job wanted, List<Job> others) {
    Optional<Job> busy = others.stream().filter(this::running).findFirst();
    if (busy.isPresent()) {
      String name = busy.get().getMetadata().getName();
      return step(
          name,
          new Readiness.Progressing("waiting for an earlier migration to end: Job " + name),
          JobState.Phase.WAITING,
          null,
          List.of());
    }
    return others.isEmpty()
        ? step(
            wanted.getMetadata().getName(),
            new Readiness.Progressing("the migration is being started"),
            JobState.Phase.WAITING,
            wanted,
            List.of())
        : step(
            "",
            new Readiness.Progressing("an earlier migration is being cleaned up"),
            JobState.Phase.WAITING,
            null,
            others);
  }

  private MigrationStep observe(Job job, List<Job> others, WorkloadInputs inputs) {
    String name = job.getMetadata().getName();
    List<Job> idle = others.stream().filter(other -> !running(other)).toList();
    if (job.getMetadata().getDeletionTimestamp() != null) {
      return step(
          name,
          new Readiness.Progressing("the migration is being started anew"),
          JobState.Phase.WAITING,
          null,
          idle);
    }
    JobState state = JobState.of(job, pods);
    String reason = redacted(state.reason(), inputs);
    Readiness readiness =
        switch (state.phase()) {
          case SUCCEEDED -> new Readiness.Ready();
          case FAILED -> new Readiness.Failed("MigrationFailed: " + reason, afterFailure(name));
          case RUNNING ->
              new Readiness.Progressing(
                  reason.isEmpty()
                      ? "the migration is running"
                      : "the migration is tried again after " + reason);
          case WAITING ->
              new Readiness.Progressing(withReason("the migration is being started", reason));
        };
    return step(name, readiness, state.phase(), null, idle);
  }

  private static String withReason(String text, String reason) {
    return reason.isEmpty() ? text : text + ": " + reason;
  }

  private String afterFailure(String job) {
    String namespace = app.identity().namespace();
    return ("kubectl logs -n %s job/%s says more. Change spec.image, spec.migration or what it needs;"
            + " to run it again as it is: kubectl delete job -n %s %s")
        .formatted(namespace, job, namespace, job);
  }

  private static MigrationStep step(
      String job,
      Readiness readiness,
      JobState.Phase phase,
      @Nullable Job create,
      List<Job> delete) {
    return new MigrationStep(true, readiness, phase.word(), job, create, delete);
  }

  private boolean succeeded(Job job) {
    return JobState.of(job, pods).phase() == JobState.Phase.SUCCEEDED;
  }

  private boolean running(Job job) {
    return job.getMetadata().getDeletionTimestamp() == null
        && JobState.of(job, pods).phase() == JobState.Phase.RUNNING;
  }

  private static boolean isFor(Job job, String key) {
    return job.getMetadata().getLabels() != null
        && key.equals(job.getMetadata().getLabels().get(MigrationJob.KEY));
  }

  /** A migration's last words may name what it connected with. */
  private static String redacted(String text, WorkloadInputs inputs) {
    String redacted = text;
    for (Binding binding : inputs.bindings()) {
      for (var entry : binding.data().entrySet()) {
        if (SECRET.contains(entry.getKey()) && !entry.getValue().value().isEmpty()) {
          redacted = redacted.replace(entry.getValue().value(), "***");
        }
      }
    }
    return redacted;
  }
}
