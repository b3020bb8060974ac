package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a Job does, as it and its pods say.
 *
 * @param phase how far it is
 * @param reason why it waits or failed, in one stable line; empty when there is nothing to say
 */
public record JobState(Phase phase, String reason) {
  /** How far a Job is. */
  public enum Phase {
    /** No program runs yet. */
    WAITING("waiting"),
    /** Its program runs, or is about to be tried again; the reason is then why. */
    RUNNING("running"),
    /** It ended well, for good. */
    SUCCEEDED("succeeded"),
    /** It failed, for good. */
    FAILED("failed");

    private final String word;

    Phase(String word) {
      this.word = word;
    }

    /** As status shows it. */
    public String word() {
      return word;
    }
  }

  /** Reads the state of a Job. */
  public static JobState of(Job job, List<Pod> pods) {
    List<Pod> own = pods.stream().filter(pod -> owns(job, pod)).toList();
    if (has(job, "Complete") || has(job, "SuccessCriteriaMet")) {
      return new JobState(Phase.SUCCEEDED, "");
    }
    Optional<JobCondition> failed = condition(job, "Failed");
    if (failed.isPresent()) {
      return new JobState(Phase.FAILED, failure(own).orElse(text(failed.get())));
    }
    Optional<String> reason = failure(own);
    JobStatus status = job.getStatus();
    boolean running = status != null && count(status.getReady()) > 0;
    return running || reason.isPresent()
        ? new JobState(Phase.RUNNING, reason.orElse(""))
        : new JobState(Phase.WAITING, obstacle(own));
  }

  /** Whether it will not change any more. */
  public boolean finished() {
    return phase == Phase.SUCCEEDED || phase == Phase.FAILED;
  }

  private static boolean owns(Job job, Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> Objects.equals(owner.getUid(), job.getMetadata().getUid()));
  }

  private static boolean has(Job job, String type) {
    return condition(job, type).isPresent();
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    List<JobCondition> conditions =
        job.getStatus() == null || job.getStatus().getConditions() == null
            ? List.of()
            : job.getStatus().getConditions();
    return conditions.stream()
        .filter(c -> type.equals(c.getType()) && "True".equals(c.getStatus()))
        .findFirst();
  }

  private static String text(JobCondition condition) {
    return condition.getMessage() == null || condition.getMessage().isBlank()
        ? Objects.requireNonNullElse(condition.getReason(), "it failed")
        : condition.getMessage();
  }

  /** What the pod that failed last says: its program's exit code and last words. */
  private static Optional<String> failure(List<Pod> pods) {
    return pods.stream()
        .filter(pod -> pod.getStatus() != null && failing(pod.getStatus()))
        .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
        .map(pod -> failure(pod.getStatus()));
  }

  /** Failed, or started again by its kubelet after it did. */
  private static boolean failing(PodStatus status) {
    return "Failed".equals(status.getPhase())
        || !"Succeeded".equals(status.getPhase())
            && terminated(status.getContainerStatuses().stream()).isPresent();
  }

  private static String failure(PodStatus status) {
    return terminated(
            Stream.concat(
                status.getContainerStatuses().stream(), status.getInitContainerStatuses().stream()))
        .map(JobState::failure)
        .orElseGet(
            () -> "its pod failed (" + Objects.requireNonNullElse(status.getReason(), "?") + ")");
  }

  private static String failure(ContainerStateTerminated ended) {
    String words = ended.getMessage() == null ? "" : ended.getMessage().strip();
    return "exit code "
        + ended.getExitCode()
        + ("OOMKilled".equals(ended.getReason()) ? " (out of memory)" : "")
        + (words.isEmpty() ? "" : ": " + words);
  }

  private static Optional<ContainerStateTerminated> terminated(Stream<ContainerStatus> containers) {
    return containers
        .flatMap(container -> Stream.of(container.getState(), container.getLastState()))
        .filter(state -> state != null && state.getTerminated() != null)
        .map(state -> state.getTerminated())
        .filter(ended -> ended.getExitCode() != null && ended.getExitCode() != 0)
        .findFirst();
  }

  /** Why its pod does not start, in words that do not change from try to try. */
  private static String obstacle(List<Pod> pods) {
    return pods.stream()
        .map(Pod::getStatus)
        .filter(Objects::nonNull)
        .map(JobState::obstacle)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("");
  }

  private static Optional<String> obstacle(PodStatus status) {
    boolean unschedulable =
        status.getConditions().stream()
            .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
            .map(PodCondition::getReason)
            .anyMatch("Unschedulable"::equals);
    if (unschedulable) {
      return Optional.of("no node can take its pod");
    }
    return status.getContainerStatuses().stream()
        .map(ContainerStatus::getState)
        .filter(state -> state != null && state.getWaiting() != null)
        .map(state -> state.getWaiting().getReason())
        .flatMap(reason -> obstacle(reason).stream())
        .findFirst();
  }

  private static Optional<String> obstacle(@Nullable String reason) {
    return switch (reason) {
      case "ErrImagePull", "ImagePullBackOff", "InvalidImageName" ->
          Optional.of("its image cannot be pulled");
      case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" ->
          Optional.of("its container cannot be started (" + reason + ")");
      case null, default -> Optional.empty();
    };
  }

  private static int count(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
