package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Migration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What runs before a new image: one pod like the app's own, without what serves traffic and without
 * sidecars, which would never end. A Job cannot be changed, so its name changes with its content.
 */
final class MigrationJob {
  /** The value of {@link AppMetadata#JOB}. */
  static final String PURPOSE = "migration";

  /** What the Job migrates: image, command and arguments, as {@link #key} has it. */
  static final String KEY = "highlyavailable.io/migration";

  /** Enough for a passing fault; what is wrong with the migration itself stays wrong. */
  private static final int RETRIES = 1;

  /** Kubernetes' own default; a migration drains nothing. */
  private static final long GRACE_SECONDS = 30;

  private MigrationJob() {}

  /** What has to be migrated once: another environment is no reason to do it again. */
  static String key(App app, Migration migration) {
    return AppliedHash.of(List.of(app.workload().image(), migration.command(), migration.args()));
  }

  static Job of(App app, Migration migration, WorkloadInputs inputs) {
    PodTemplateSpec pod = pod(app, migration, inputs);
    Job job =
        new JobBuilder()
            .withMetadata(AppMetadata.named(app, JobName.of(app, PURPOSE, AppliedHash.of(pod))))
            .editMetadata()
            .addToLabels(AppMetadata.JOB, PURPOSE)
            .addToLabels(KEY, key(app, migration))
            .endMetadata()
            .withNewSpec()
            .withBackoffLimit(RETRIES)
            // Never two at once.
            .withPodReplacementPolicy("Failed")
            .withNewPodFailurePolicy()
            .addNewRule()
            .withAction("Ignore")
            .addNewOnPodCondition("True", "DisruptionTarget")
            .endRule()
            .endPodFailurePolicy()
            .withTemplate(pod)
            .endSpec()
            .build();
    return AppliedHash.stamp(job);
  }

  private static PodTemplateSpec pod(App app, Migration migration, WorkloadInputs inputs) {
    PodTemplateSpec pod = PodObject.of(app, inputs);
    Container main =
        pod.getSpec().getContainers().stream()
            .filter(container -> PodObject.CONTAINER.equals(container.getName()))
            .findFirst()
            .orElseThrow();
    Map<String, String> labels = new TreeMap<>(pod.getMetadata().getLabels());
    labels.keySet().removeAll(AppMetadata.labels(app).keySet());
    labels.putAll(AppMetadata.jobPod(app, PURPOSE));
    return new PodTemplateSpecBuilder(pod)
        .editMetadata()
        .withLabels(labels)
        .removeFromAnnotations(PodObject.BINDINGS_HASH)
        .endMetadata()
        .editSpec()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withTopologySpreadConstraints()
        .withReadinessGates()
        .withContainers(container(main, migration))
        .endSpec()
        .build();
  }

  private static Container container(Container main, Migration migration) {
    return new ContainerBuilder(main)
        .withCommand(migration.command())
        .withArgs(migration.args())
        .withEnv(environment(main.getEnv(), migration.env()))
        .withPorts()
        .withReadinessProbe(null)
        .withLivenessProbe(null)
        .withStartupProbe(null)
        .withLifecycle(null)
        .build();
  }

  /** In the order of the app's, so that variables may refer to those before them. */
  private static List<EnvVar> environment(List<EnvVar> ofApp, List<EnvVar> own) {
    Map<String, EnvVar> merged = new LinkedHashMap<>();
    ofApp.forEach(variable -> merged.put(variable.getName(), variable));
    own.forEach(variable -> merged.put(variable.getName(), variable));
    return List.copyOf(merged.values());
  }
}
