package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.DatabaseUser;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Sensitive;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything the planner sees of one app at one moment.
 *
 * @param app what the user asks for
 * @param settings what the administrator configured
 * @param observations what the inventories know, by component
 * @param attempts how the calls went, by component
 * @param recorded what the status already says
 * @param secrets generated secrets that Kubernetes has acknowledged, by suffix
 * @param bound bindings whose Secrets exist already, by suffix
 * @param approvedFormerOwners cluster and namespace incarnations whose resources may be re-attached
 * @param identityFailure why the AWS account is not known, or null
 * @param workloadGone whether nothing of the app runs any more; asked only while it is deleted
 * @param gate whether changes that interrupt service may be made now
 * @param databaseUser whom the pods are to log in to the database as, or null while nobody new can
 *     be named
 * @param creations intents to create that are on record
 */
public record AppView(
    App app,
    Upstream.Settings settings,
    Map<ComponentName, Observation<?>> observations,
    Map<ComponentName, Attempt> attempts,
    Recorded recorded,
    Map<String, Sensitive> secrets,
    Map<String, Binding> bound,
    Set<String> approvedFormerOwners,
    @Nullable CloudFailure identityFailure,
    boolean workloadGone,
    ChangeGate gate,
    @Nullable DatabaseUser databaseUser,
    Creations creations) {

  /** A view in which no database user can be named and nothing is on record. */
  public AppView(
      App app,
      Upstream.Settings settings,
      Map<ComponentName, Observation<?>> observations,
      Map<ComponentName, Attempt> attempts,
      Recorded recorded,
      Map<String, Sensitive> secrets,
      Map<String, Binding> bound,
      Set<String> approvedFormerOwners,
      @Nullable CloudFailure identityFailure,
      boolean workloadGone,
      ChangeGate gate) {
    this(
        app,
        settings,
        observations,
        attempts,
        recorded,
        secrets,
        bound,
        approvedFormerOwners,
        identityFailure,
        workloadGone,
        gate,
        null,
        Creations.NONE);
  }

  /** How the calls for a component went. */
  public Attempt attempt(ComponentName component) {
    return attempts.getOrDefault(component, Attempt.NONE);
  }

  /** What is known of a component's resource. */
  @SuppressWarnings("unchecked") // an inventory holds rows of its component's type only
  public <R extends CloudResource> Observation<R> observation(ComponentName component) {
    Observation<?> observation = observations.get(component);
    return observation == null
        ? new Observation.Unknown<>("waiting to learn what exists")
        : (Observation<R>) observation;
  }

  /** Whether a plan means to create what is not on record yet as meant to be created by us. */
  public boolean promises(Plan plan) {
    return plan.creations().entrySet().stream()
        .anyMatch(
            intent ->
                !creations
                    .of(new ComponentName(intent.getKey()))
                    .equals(Optional.of(intent.getValue())));
  }

  /**
   * Whether something was not looked at yet since the operator started, and nothing says that it
   * cannot be: then the last status is truer than any that could be made now.
   */
  public boolean firstLook() {
    if (settings.accountId().isEmpty()) {
      return identityFailure == null;
    }
    return observations.entrySet().stream()
        .anyMatch(
            seen ->
                seen.getValue() instanceof Observation.Unknown<?>
                    && attempt(seen.getKey()).readFailure() == null);
  }
}
