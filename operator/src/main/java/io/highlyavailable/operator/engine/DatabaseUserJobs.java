package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.UserSlot;
import io.highlyavailable.operator.component.database.Database;
import io.highlyavailable.operator.component.database.DatabaseRules;
import io.highlyavailable.operator.component.instancegroup.Rollout;
import io.highlyavailable.operator.kubernetes.AppMetadata;
import io.highlyavailable.operator.kubernetes.MasterSecret;
import io.highlyavailable.operator.kubernetes.UserFacts;
import io.highlyavailable.operator.kubernetes.UserRules;
import io.highlyavailable.operator.kubernetes.UserStep;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Ownership;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.operator.model.Sensitive;
import io.highlyavailable.operator.plan.Report;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has an app's database users made by Jobs; never waits for one. */
public final class DatabaseUserJobs {
  /** As that of the master, which every engine takes. */
  private static final int PASSWORD_LENGTH = 32;

  private final KubernetesStore store;
  private final Secrets secrets;
  private final String image;

  /**
   * @param store the objects
   * @param secrets for passwords
   * @param image the operator's own; empty when it is not configured
   */
  public DatabaseUserJobs(KubernetesStore store, Secrets secrets, String image) {
    this.store = store;
    this.secrets = secrets;
    this.image = image;
  }

  /**
   * What to do next.
   *
   * @param seen the app's components as the inventories have them
   * @param bound bindings whose Secrets exist
   */
  public UserStep step(
      App app, Map<ComponentName, Observation<?>> seen, Collection<Binding> bound) {
    Observation<?> database = seen.get(DatabaseRules.NAME);
    return UserRules.decide(
        app,
        database == null
            ? null
            : ours(app, database).map(row -> DatabaseRules.userTarget(app, row)).orElse(null),
        new UserFacts(
            image,
            passwords(app),
            List.copyOf(bound),
            store.get(Deployment.class, app.key(), app.identity().name()).orElse(null),
            Rollout.complete(app, seen, bound),
            store.labelled(Job.class, app.key(), AppMetadata.JOB, UserRules.PURPOSE),
            store.labelled(Pod.class, app.key(), AppMetadata.JOB, UserRules.PURPOSE)));
  }

  private static Optional<Database> ours(App app, Observation<?> observation) {
    return observation instanceof Observation.Present<?>(Database row)
            && OwnershipTags.classify(app.identity(), DatabaseRules.NAME.value(), row.tags())
                == Ownership.OURS
            && row.endpoint() != null
        ? Optional.of(row)
        : Optional.empty();
  }

  private Map<UserSlot, UserFacts.Password> passwords(App app) {
    Map<UserSlot, UserFacts.Password> found = new EnumMap<>(UserSlot.class);
    for (UserSlot slot : UserSlot.values()) {
      store
          .get(Secret.class, app.key(), MasterSecret.name(app, slot.suffix()))
          .ifPresent(
              secret ->
                  MasterSecret.read(secret)
                      .map(word -> new UserFacts.Password(word, MasterSecret.rotation(secret)))
                      .ifPresent(password -> found.put(slot, password)));
    }
    return found;
  }

  /** Does it; what was refused is tried again. */
  public Workload.Applied apply(App app, UserStep step) {
    Map<String, String> errors = new LinkedHashMap<>();
    step.delete().forEach(job -> Workload.attempt(job, errors, () -> store.delete(job)));
    step.toRenew().ifPresent(slot -> renew(app, slot, errors));
    step.toCreate().ifPresent(job -> Workload.attempt(job, errors, () -> store.apply(job, false)));
    return new Workload.Applied(errors);
  }

  private void renew(App app, UserSlot slot, Map<String, String> errors) {
    Secret secret =
        MasterSecret.ofUser(
            app,
            slot.suffix(),
            new Sensitive(secrets.password(PASSWORD_LENGTH)),
            app.bindings().rotation());
    Workload.attempt(secret, errors, () -> store.apply(secret, true));
  }

  /** What there is to say; nothing for an app without a database. */
  public Optional<Report> report(App app, UserStep step) {
    if (!step.asked()) {
      return Optional.empty();
    }
    String id = step.job().isEmpty() ? "" : app.identity().namespace() + "/" + step.job();
    return Optional.of(
        Workload.report(
            new Workload.Part(UserRules.PURPOSE, "Job", "DatabaseReady", id),
            step.state(),
            step.readiness()));
  }
}
