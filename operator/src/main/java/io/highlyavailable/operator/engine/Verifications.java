package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.database.Database;
import io.highlyavailable.operator.component.database.DatabaseRules;
import io.highlyavailable.operator.component.database.RestoredInstanceRules;
import io.highlyavailable.operator.kubernetes.AppMetadata;
import io.highlyavailable.operator.kubernetes.VerificationFacts;
import io.highlyavailable.operator.kubernetes.VerificationRules;
import io.highlyavailable.operator.kubernetes.VerificationStep;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.model.Ownership;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.operator.plan.Attempt;
import io.highlyavailable.operator.status.StatusReader;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Has the backups of apps verified, a few at a time; never waits for anything. */
public final class Verifications {
  /** Temporary instances in one account and region at a time, all apps together. */
  static final int AT_A_TIME = 2;

  private final KubernetesStore store;
  private final Clouds clouds;
  private final String image;
  private final InstantSource clock;
  private final Map<AppKey, Claim> claims = new ConcurrentHashMap<>();

  private record Claim(String region, String instance) {}

  /**
   * @param store the objects
   * @param clouds what temporary instances there are
   * @param image the operator's own; empty when it is not configured
   * @param clock says what is due and what has taken too long
   */
  public Verifications(KubernetesStore store, Clouds clouds, String image, InstantSource clock) {
    this.store = store;
    this.clouds = clouds;
    this.image = image;
    this.clock = clock;
  }

  /**
   * What to do next.
   *
   * @param status what was recorded, or null
   * @param observations what the inventories know, by component
   * @param attempts how the calls went, by component
   */
  public VerificationStep step(
      App app,
      @Nullable HighlyAvailableAppStatus status,
      Map<ComponentName, Observation<?>> observations,
      Map<ComponentName, Attempt> attempts) {
    Observation<?> database = observations.get(DatabaseRules.NAME);
    Observation<?> restored = observations.get(RestoredInstanceRules.NAME);
    return decide(
        app,
        new VerificationFacts(
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            image,
            StatusReader.verification(status).orElse(null),
            restored != null && !(restored instanceof Observation.Unknown<?>),
            source(app, database),
            ours(app, restored).map(row -> temporary(app, row)).orElse(null),
            refused(app, restored, attempts.get(RestoredInstanceRules.NAME)),
            false,
            store.labelled(Job.class, app.key(), AppMetadata.JOB, VerificationRules.PURPOSE),
            store.labelled(Pod.class, app.key(), AppMetadata.JOB, VerificationRules.PURPOSE)));
  }

  /** Whoever finds room has it: two apps must not find the same. */
  private VerificationStep decide(App app, VerificationFacts facts) {
    if (app.restoreTest().isEmpty()) {
      claims.remove(app.key());
      return VerificationRules.decide(app, facts);
    }
    synchronized (this) {
      VerificationStep step = VerificationRules.decide(app, facts.withRoom(room(app)));
      claim(app, step);
      return step;
    }
  }

  /** A database that serves and has a backup. */
  private static VerificationFacts.@Nullable Source source(
      App app, @Nullable Observation<?> observation) {
    return observation instanceof Observation.Present<?>(Database row)
            && owner(app, DatabaseRules.NAME, row) == Ownership.OURS
            && row.endpoint() != null
            && row.restorableTo() != null
            && DatabaseRules.userTarget(app, row).serving()
        ? new VerificationFacts.Source(row.restorableTo().toString())
        : null;
  }

  private static Ownership owner(App app, ComponentName component, CloudResource row) {
    return OwnershipTags.classify(app.identity(), component.value(), row.tags());
  }

  private static Optional<Database> ours(App app, @Nullable Observation<?> observation) {
    return observation instanceof Observation.Present<?>(Database row) && isOurs(app, row)
        ? Optional.of(row)
        : Optional.empty();
  }

  private static boolean isOurs(App app, Database row) {
    Ownership owner = owner(app, RestoredInstanceRules.NAME, row);
    return RestoredInstanceRules.temporary(row)
        && (owner == Ownership.OURS || owner == Ownership.PREDECESSOR);
  }

  private static VerificationFacts.Temporary temporary(App app, Database row) {
    Readiness readiness = RestoredInstanceRules.serving(row);
    return new VerificationFacts.Temporary(
        RestoredInstanceRules.started(row),
        RestoredInstanceRules.restoredTo(row),
        row.deleting(),
        readiness,
        row.state(),
        row.endpoint() == null ? null : RestoredInstanceRules.target(app, row));
  }

  /** That somebody else has the name, or what the provider said to the last attempt. */
  private static String refused(
      App app, @Nullable Observation<?> observation, @Nullable Attempt attempt) {
    if (observation instanceof Observation.Present<?>(Database row) && !isOurs(app, row)) {
      return "instance " + row.id() + " has the name of a temporary instance and is none of ours";
    }
    CloudFailure failure = attempt == null ? null : attempt.failure();
    boolean lasting =
        failure != null && !failure.passing() && failure.kind() != CloudFailure.Kind.EXISTS;
    return lasting ? failure.line() : "";
  }

  private boolean room(App app) {
    if (claims.containsKey(app.key())) {
      return true;
    }
    Set<String> others =
        claims.values().stream()
            .filter(claim -> claim.region().equals(app.region()))
            .map(Claim::instance)
            .collect(Collectors.toCollection(HashSet::new));
    clouds
        .rows(app.region(), RestoredInstanceRules.NAME, Database.class)
        .filter(RestoredInstanceRules::temporary)
        .map(Database::name)
        .forEach(others::add);
    others.remove(RestoredInstanceRules.instance(app));
    return others.size() < AT_A_TIME;
  }

  /** One that is about to be made counts before it is listed. */
  private void claim(App app, VerificationStep step) {
    if (step.run() == null) {
      claims.remove(app.key());
    } else {
      claims.put(app.key(), new Claim(app.region(), RestoredInstanceRules.instance(app)));
    }
  }

  /** Does it; what was refused is tried again. */
  public Workload.Applied apply(VerificationStep step) {
    Map<String, String> errors = new LinkedHashMap<>();
    step.delete().forEach(job -> Workload.attempt(job, errors, () -> store.delete(job)));
    step.toCreate().ifPresent(job -> Workload.attempt(job, errors, () -> store.apply(job, false)));
    return new Workload.Applied(errors);
  }

  /** The app is gone. */
  public void forget(AppKey app) {
    claims.remove(app);
  }
}
