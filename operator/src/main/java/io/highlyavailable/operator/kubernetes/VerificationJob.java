package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.highlyavailable.operator.component.UserTarget;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.UserJobVariables;

/** Opens a restored database, from within the cluster, as the Job that makes users does. */
final class VerificationJob {
  /** The value of {@link AppMetadata#JOB}. */
  static final String PURPOSE = "restore-check";

  /** Long enough to be read, short enough to leave nothing behind. */
  private static final int TTL_SECONDS = 900;

  /** About ten minutes, with the kubelet's growing delay: routes and names may come late. */
  private static final int RESTARTS = 6;

  private VerificationJob() {}

  /**
   * The Job.
   *
   * @param content tells one Job of an app from another
   */
  static Job of(App app, UserTarget target, String image, String content) {
    PodTemplateSpec pod =
        UserJob.pod(
            app, PURPOSE, image, UserJobVariables.CHECK_ARGUMENT, UserJob.master(app, target));
    return AppliedHash.stamp(
        new JobBuilder()
            .withMetadata(AppMetadata.named(app, JobName.of(app, PURPOSE, content)))
            .editMetadata()
            .addToLabels(AppMetadata.JOB, PURPOSE)
            .endMetadata()
            .withNewSpec()
            .withBackoffLimit(RESTARTS)
            .withTtlSecondsAfterFinished(TTL_SECONDS)
            .withTemplate(pod)
            .endSpec()
            .build());
  }
}
