package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.highlyavailable.operator.kubernetes.JobState.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobStateTest {
  private static final Job JOB =
      new JobBuilder()
          .withNewMetadata()
          .withName("shop-migration-x")
          .withNamespace("acme")
          .withUid("job-uid")
          .endMetadata()
          .withNewSpec()
          .withNewTemplate()
          .withNewMetadata()
          .addToLabels(AppMetadata.JOB, "migration")
          .endMetadata()
          .endTemplate()
          .endSpec()
          .build();

  @Test
  void waitsUntilItsProgramRuns() {
    assertThat(JobState.of(JOB, List.of())).isEqualTo(new JobState(Phase.WAITING, ""));
    assertThat(JobState.of(Jobs.running(JOB), List.of()))
        .isEqualTo(new JobState(Phase.RUNNING, ""));
  }

  @Test
  void saysWhyItsProgramDoesNotStartInWordsThatDoNotFlap() {
    assertThat(JobState.of(JOB, List.of(Jobs.waiting(JOB, "ErrImagePull"))))
        .isEqualTo(JobState.of(JOB, List.of(Jobs.waiting(JOB, "ImagePullBackOff"))))
        .isEqualTo(new JobState(Phase.WAITING, "its image cannot be pulled"));
    assertThat(JobState.of(JOB, List.of(Jobs.waiting(JOB, "ContainerCreating"))).reason())
        .isEmpty();
    Pod unschedulable =
        new PodBuilder(Jobs.waiting(JOB, "x"))
            .editStatus()
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .endCondition()
            .endStatus()
            .build();
    assertThat(JobState.of(JOB, List.of(unschedulable)).reason())
        .isEqualTo("no node can take its pod");
  }

  @Test
  void isTriedAgainAfterAFailedPod() {
    assertThat(JobState.of(JOB, List.of(Jobs.pod(JOB, 1, ""))))
        .isEqualTo(new JobState(Phase.RUNNING, "exit code 1"));
  }

  @Test
  void endsForGood() {
    assertThat(JobState.of(Jobs.succeeded(JOB), List.of()))
        .isEqualTo(new JobState(Phase.SUCCEEDED, ""));
    assertThat(JobState.of(Jobs.failed(JOB), List.of(Jobs.pod(JOB, 3, "no table\n"))))
        .isEqualTo(new JobState(Phase.FAILED, "exit code 3: no table"));
  }

  @Test
  void hasTheJobsOwnWordsWhenItsPodsAreGone() {
    assertThat(JobState.of(Jobs.failed(JOB), List.of()))
        .isEqualTo(new JobState(Phase.FAILED, "Job has reached the specified backoff limit"));
  }

  @Test
  void takesNoOtherJobsPodsForItsOwn() {
    Job other = new JobBuilder(JOB).editMetadata().withUid("other").endMetadata().build();
    assertThat(JobState.of(Jobs.failed(JOB), List.of(Jobs.pod(other, 3, "not mine"))).reason())
        .doesNotContain("not mine");
  }
}
