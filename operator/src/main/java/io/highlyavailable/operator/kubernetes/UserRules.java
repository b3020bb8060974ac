package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.DatabaseUser;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.UserSlot;
import io.highlyavailable.operator.component.UserTarget;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Sensitive;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whom the pods log in to the database as. New credentials are the other user's: it is
 * given a new password while nobody uses it, then the binding names it, then the pods roll; the one
 * before works on until the next time. What is known now is enough to go on from anywhere.
 */
public final class UserRules {
  /** The value of {@link AppMetadata#JOB} on these Jobs and their pods. */
  public static final String PURPOSE = UserJob.PURPOSE;

  private final App app;
  private final UserFacts facts;
  private final @Nullable UserSlot current;

  private UserRules(App app, UserFacts facts) {
    this.app = app;
    this.facts = facts;
    this.current =
        facts
            .database()
            .map(binding -> binding.data().get("username"))
            .flatMap(username -> UserSlot.ofUsername(username.value()))
            .orElse(null);
  }

  /**
   * What to do next.
   *
   * @param target the database, or null while it cannot be reached
   */
  public static UserStep decide(App app, @Nullable UserTarget target, UserFacts facts) {
    UserRules rules = new UserRules(app, facts);
    if (app.databaseSettings().isEmpty()) {
      return new UserStep(false, null, new Readiness.Ready(), "", "", null, facts.jobs(), null, "");
    }
    return target == null ? rules.unreachable() : rules.decide(target);
  }

  private UserStep unreachable() {
    return rest(
        current != null
            ? new Readiness.Ready()
            : new Readiness.Progressing("waiting for the database"),
        null,
        List.of());
  }

  private UserStep decide(UserTarget target) {
    UserSlot wanted = wanted();
    UserFacts.Password password = facts.slots().get(wanted);
    if (password == null) {
      return rest(
          new Readiness.Progressing("waiting for the user's password to be written down"),
          null,
          List.of());
    }
    if (wanted != current && current != null && !password.rotation().equals(requested())) {
      return renew(wanted);
    }
    String source = UserJob.source(app, target, wanted, password);
    boolean made =
        wanted == current
            && facts.database().map(Binding::source).filter(source::equals).isPresent();
    DatabaseUser user = new DatabaseUser(wanted.username(), password.password(), source);
    return made
        ? new UserStep(
            true,
            user,
            new Readiness.Ready(),
            wanted.username(),
            "",
            null,
            // The present user's Job goes by itself.
            facts.jobs().stream().filter(job -> !finished(job)).toList(),
            null,
            password.rotation())
        : make(target, wanted, user);
  }

  /** The present user, unless there is a reason to take the other. */
  private UserSlot wanted() {
    if (current == null) {
      return UserSlot.A;
    }
    UserFacts.Password known = facts.slots().get(current);
    if (known == null || !known.password().equals(boundPassword())) {
      return current.other();
    }
    boolean asked = !requested().isEmpty() && !requested().equals(known.rotation());
    return asked ? current.other() : current;
  }

  private @Nullable Sensitive boundPassword() {
    return facts.database().map(binding -> binding.data().get("password")).orElse(null);
  }

  private String requested() {
    return app.bindings().rotation();
  }

  /**
   * Pods and instances of the last rollout may still log in as the idle user: not before they are
   * gone.
   */
  private UserStep renew(UserSlot slot) {
    return rolledOut()
        ? rest(new Readiness.Progressing("new credentials are being made"), slot, List.of())
        : rest(
            new Readiness.Progressing("new credentials wait until all pods have the present ones"),
            null,
            List.of());
  }

  private boolean rolledOut() {
    Deployment deployment = facts.deployment();
    if (deployment == null || !facts.instancesCurrent()) {
      return facts.instancesCurrent();
    }
    DeploymentStatus status = deployment.getStatus();
    var annotations = deployment.getSpec().getTemplate().getMetadata().getAnnotations();
    String applied = annotations == null ? null : annotations.get(PodObject.BINDINGS_HASH);
    return status != null
        && Objects.equals(status.getObservedGeneration(), deployment.getMetadata().getGeneration())
        && Objects.equals(count(status.getReplicas()), count(status.getUpdatedReplicas()))
        && AppliedHash.of(new WorkloadInputs(facts.bound(), null).bindings()).equals(applied);
  }

  private static int count(@Nullable Integer number) {
    return number == null ? 0 : number;
  }

  private UserStep make(UserTarget target, UserSlot slot, DatabaseUser user) {
    String name = JobName.of(app, PURPOSE, user.source());
    List<Job> others =
        facts.jobs().stream().filter(job -> !job.getMetadata().getName().equals(name)).toList();
    Optional<Job> job =
        facts.jobs().stream().filter(it -> it.getMetadata().getName().equals(name)).findFirst();
    if (job.filter(it -> it.getMetadata().getDeletionTimestamp() == null).isPresent()) {
      return observe(job.get(), others, user);
    }
    if (facts.image().isEmpty()) {
      return rest(
          new Readiness.Failed(
              "the operator does not know its own image, which makes the app's database user",
              "Set HAAPP_IMAGE in the operator's environment; the chart does"),
          null,
          List.of());
    }
    if (!target.serving()) {
      return rest(new Readiness.Progressing("waiting for the database"), null, List.of());
    }
    boolean free = job.isEmpty() && others.isEmpty();
    return new UserStep(
        true,
        null,
        new Readiness.Progressing("the app's user is being made"),
        JobState.Phase.WAITING.word(),
        name,
        free ? UserJob.of(app, target, slot, facts.image(), user.source()) : null,
        others,
        null,
        handled());
  }

  private UserStep observe(Job job, List<Job> others, DatabaseUser user) {
    JobState state = JobState.of(job, facts.pods());
    boolean made = state.phase() == JobState.Phase.SUCCEEDED;
    return new UserStep(
        true,
        made ? user : null,
        made ? new Readiness.Ready() : readiness(job, state),
        made ? user.username() : state.phase().word(),
        made ? "" : job.getMetadata().getName(),
        null,
        others,
        null,
        handled());
  }

  private Readiness readiness(Job job, JobState state) {
    boolean failing =
        state.phase() == JobState.Phase.FAILED
            || state.phase() == JobState.Phase.RUNNING && !state.reason().isEmpty();
    if (failing) {
      return new Readiness.Failed(
          "the app's user cannot be made: " + state.reason(),
          "Change what the message names; it is tried again by itself. kubectl logs -n %s job/%s"
              .formatted(app.identity().namespace(), job.getMetadata().getName()));
    }
    return new Readiness.Progressing(
        state.reason().isEmpty()
            ? "the app's user is being made"
            : "the app's user is being made: " + state.reason());
  }

  /** Nothing new: the binding stays as it is. */
  private UserStep rest(Readiness readiness, @Nullable UserSlot renew, List<Job> delete) {
    return new UserStep(
        true,
        null,
        readiness,
        current == null ? JobState.Phase.WAITING.word() : current.username(),
        "",
        null,
        delete,
        renew,
        handled());
  }

  private String handled() {
    UserFacts.Password known = current == null ? null : facts.slots().get(current);
    return known == null ? "" : known.rotation();
  }

  private boolean finished(Job job) {
    return JobState.of(job, facts.pods()).finished();
  }
}
