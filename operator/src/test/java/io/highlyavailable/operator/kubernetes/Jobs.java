package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;

/** Jobs and their pods as the Job controller and the kubelet leave them. */
public final class Jobs {
  private static final String CREATED = "2026-11-23T10:00:00Z";

  private Jobs() {}

  /** A Job whose program runs. */
  public static Job running(Job job) {
    return new JobBuilder(job).withNewStatus().withActive(1).withReady(1).endStatus().build();
  }

  /** A Job that ended well. */
  public static Job succeeded(Job job) {
    return ended(
        job, "Complete", "CompletionsReached", "Reached expected number of succeeded pods");
  }

  /** A Job that was tried as often as it may. */
  public static Job failed(Job job) {
    return ended(
        job, "Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit");
  }

  private static Job ended(Job job, String type, String reason, String message) {
    return new JobBuilder(job)
        .withNewStatus()
        .addNewCondition()
        .withType(type)
        .withStatus("True")
        .withReason(reason)
        .withMessage(message)
        .endCondition()
        .endStatus()
        .build();
  }

  /** A pod of a Job whose program ended. */
  public static Pod pod(Job job, int exitCode, String message) {
    Pod pod = waiting(job, "Completed");
    return new PodBuilder(pod)
        .editStatus()
        .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
        .withContainerStatuses(
            new ContainerStatusBuilder()
                .withName("app")
                .withNewState()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withMessage(message)
                .endTerminated()
                .endState()
                .build())
        .endStatus()
        .build();
  }

  /** A pod of a Job whose container does not start. */
  public static Pod waiting(Job job, String reason) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(job.getMetadata().getName() + "-x")
        .withNamespace(job.getMetadata().getNamespace())
        .withCreationTimestamp(CREATED)
        .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
        .addNewOwnerReference()
        .withKind("Job")
        .withName(job.getMetadata().getName())
        .withUid(job.getMetadata().getUid())
        .endOwnerReference()
        .endMetadata()
        .withNewStatus()
        .withPhase("Pending")
        .addNewContainerStatus()
        .withName("app")
        .withNewState()
        .withNewWaiting()
        .withReason(reason)
        .endWaiting()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
