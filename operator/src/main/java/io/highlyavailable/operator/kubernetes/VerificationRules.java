package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.UserTarget;
import io.highlyavailable.operator.kubernetes.VerificationFacts.Temporary;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.RestoreTest;
import io.highlyavailable.operator.model.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides how a verification of backups goes on. It is in one of these states, each told by what is
 * there and by what the status has recorded, so that it goes on from anywhere:
 *
 * <ul>
 *   <li>nothing is due, or it is due and waits: no temporary instance;
 *   <li>restoring: the instance does not serve yet;
 *   <li>checking: a Job opens it;
 *   <li>ended: the result is to be recorded, and the instance stays until it is;
 *   <li>recorded after it began: the instance goes.
 * </ul>
 */
public final class VerificationRules {
  /** The value of {@link AppMetadata#JOB} on these Jobs and their pods. */
  public static final String PURPOSE = VerificationJob.PURPOSE;

  /** What failed may have failed for a passing reason, and nobody should wait a month to know. */
  static final Duration AGAIN_AFTER_FAILURE = Duration.ofDays(1);

  private final App app;
  private final RestoreTest test;
  private final VerificationFacts facts;

  private VerificationRules(App app, RestoreTest test, VerificationFacts facts) {
    this.app = app;
    this.test = test;
    this.facts = facts;
  }

  /** What to do next. An app that is paused or deleted has no verification: what is there goes. */
  public static VerificationStep decide(App app, VerificationFacts facts) {
    Optional<RestoreTest> test = app.restoreTest();
    if (test.isEmpty() || app.deleting() || app.paused()) {
      return VerificationStep.idle(facts.jobs());
    }
    if (!facts.known()) {
      return VerificationStep.idle(List.of());
    }
    VerificationRules rules = new VerificationRules(app, test.get(), facts);
    Temporary temporary = facts.temporary();
    return temporary == null ? rules.none() : rules.there(temporary);
  }

  private VerificationStep none() {
    boolean wait = !due() || facts.source() == null;
    if (wait) {
      return VerificationStep.idle(facts.jobs());
    }
    String obstacle =
        facts.image().isEmpty()
            ? "the operator does not know its own image, which opens the database: set HAAPP_IMAGE"
            : facts.refused();
    if (!obstacle.isEmpty()) {
      return VerificationStep.idle(facts.jobs())
          .ended(new Verification(facts.now(), false, "", obstacle));
    }
    return facts.room()
        ? VerificationStep.on(
            new RestoreTest.Run(facts.now(), facts.source().restorableTo()), null, facts.jobs())
        : new VerificationStep(null, null, facts.jobs(), null, true);
  }

  private boolean due() {
    return facts
        .lastOne()
        .map(last -> !facts.now().isBefore(last.time().plus(pause(last))))
        .orElse(true);
  }

  private Duration pause(Verification last) {
    boolean sooner = !last.succeeded() && AGAIN_AFTER_FAILURE.compareTo(test.interval()) < 0;
    return sooner ? AGAIN_AFTER_FAILURE : test.interval();
  }

  private VerificationStep there(Temporary temporary) {
    boolean recorded =
        facts.lastOne().filter(last -> !last.time().isBefore(temporary.started())).isPresent();
    if (temporary.deleting() || recorded) {
      return VerificationStep.idle(facts.jobs());
    }
    VerificationStep on = VerificationStep.on(run(temporary), null, List.of());
    if (!facts.now().isBefore(temporary.started().plus(test.limit()))) {
      return on.ended(
          failed(temporary, "it did not end within its time limit: " + stage(temporary)));
    }
    return switch (temporary.readiness()) {
      case Readiness.Failed(String reason, String next) ->
          on.ended(failed(temporary, "the restored instance does not serve: " + reason));
      case Readiness.Progressing progressing -> on;
      case Readiness.Ready ready -> check(temporary, on);
    };
  }

  private static RestoreTest.Run run(Temporary temporary) {
    return new RestoreTest.Run(temporary.started(), temporary.restoredTo());
  }

  private String stage(Temporary temporary) {
    return facts.jobs().isEmpty()
        ? "RDS reports " + temporary.state()
        : facts.jobs().stream()
            .map(job -> JobState.of(job, facts.pods()))
            .map(state -> "the check is " + state.phase().word() + because(state))
            .findFirst()
            .orElseThrow();
  }

  private static String because(JobState state) {
    return state.reason().isEmpty() ? "" : " (" + state.reason() + ")";
  }

  private VerificationStep check(Temporary temporary, VerificationStep on) {
    UserTarget target = temporary.target();
    if (target == null) {
      return on;
    }
    String content = target.incarnation() + temporary.started();
    String name = JobName.of(app, PURPOSE, content);
    List<Job> others =
        facts.jobs().stream().filter(job -> !job.getMetadata().getName().equals(name)).toList();
    Optional<Job> job =
        facts.jobs().stream().filter(it -> it.getMetadata().getName().equals(name)).findFirst();
    if (job.isEmpty()) {
      Job wanted = VerificationJob.of(app, target, facts.image(), content);
      return VerificationStep.on(run(temporary), others.isEmpty() ? wanted : null, others);
    }
    JobState state = JobState.of(job.get(), facts.pods());
    return switch (state.phase()) {
      case WAITING, RUNNING -> VerificationStep.on(run(temporary), null, others);
      case SUCCEEDED -> on.ended(succeeded(temporary, job.get()));
      case FAILED -> on.ended(failed(temporary, "the restored database: " + state.reason()));
    };
  }

  private Verification succeeded(Temporary temporary, Job job) {
    return new Verification(
        facts.now(), true, temporary.restoredTo(), lastWords(job).orElse("it opens"));
  }

  private Verification failed(Temporary temporary, String why) {
    return new Verification(facts.now(), false, temporary.restoredTo(), why);
  }

  /** What the check found. */
  private Optional<String> lastWords(Job job) {
    return facts.pods().stream()
        .filter(pod -> owns(job, pod) && pod.getStatus() != null)
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .map(ContainerStatus::getState)
        .filter(state -> state != null && state.getTerminated() != null)
        .map(state -> state.getTerminated().getMessage())
        .filter(message -> message != null && !message.isBlank())
        .map(String::strip)
        .findFirst();
  }

  private static boolean owns(Job job, Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> Objects.equals(owner.getUid(), job.getMetadata().getUid()));
  }
}
