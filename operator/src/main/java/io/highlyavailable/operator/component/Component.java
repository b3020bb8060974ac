package io.highlyavailable.operator.component;

import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One cloud resource of an app, as pure decisions: no client, clock, environment or randomness. The
 * planner asks, the engine acts through the {@link Adapter}.
 *
 * @param <D> what should exist
 * @param <R> what exists
 */
public interface Component<D, R extends CloudResource> {
  /** Its name in status and tags. */
  ComponentName name();

  /** The service's own word for the thing, as in {@code status.components[].kind}. */
  String kind();

  /** The condition it counts towards, such as {@code DatabaseReady}. */
  String condition();

  /** The same where it depends on what the app has. */
  default String condition(App app) {
    return condition();
  }

  /** The type by which others find it in {@link Upstream#ready}. */
  Class<R> resourceType();

  /** Components whose resources this one's desired state is made of. */
  Set<ComponentName> dependsOn();

  /** Whether this spec asks for it. */
  boolean wanted(App app);

  /** The name under which the inventory lists it, or empty while it cannot be known yet. */
  Optional<String> resourceName(App app, Upstream.Settings settings);

  /**
   * The name under which it is found when the spec does not ask for it any more, where that is not
   * {@link #resourceName}: what was adopted keeps the name it had.
   *
   * @param ids the provider's identifiers of what was last seen, by component
   */
  default Optional<String> lastName(Map<ComponentName, String> ids) {
    return Optional.empty();
  }

  /** How a resource that exists already is taken over; empty where that is not possible. */
  default Optional<Adoption<D, R>> adoption() {
    return Optional.empty();
  }

  /** What should exist. Called only when wanted. */
  Desired<D> desired(App app, Upstream upstream);

  /** Owned fields that are not as desired; tags are compared by the planner. */
  List<Difference> differences(D desired, R actual);

  /** Whether it does its job. */
  Readiness readiness(D desired, R actual);

  /**
   * What a person should know of a resource that does its job: one stable line, or empty for
   * nothing.
   */
  default String remark(R actual) {
    return "";
  }

  /** The same where it depends on what the app asks for. */
  default String remark(App app, R actual) {
    return remark(actual);
  }

  /**
   * What a person should do about a resource that does its job, in one stable line; empty for
   * nothing.
   */
  default String advice(App app, R actual) {
    return "";
  }

  /** Its alarms that are on; none for what is no set of alarms. */
  default List<RaisedAlarm> raised(R actual) {
    return List.of();
  }

  /** What it means that a complete listing does not show a resource that is only read. */
  default Readiness missing(App app, Upstream.Settings settings) {
    return new Readiness.Progressing("waiting for the " + kind());
  }

  /**
   * What stands for a complete listing that does not show it, for a resource that is only read and
   * of which there may be none.
   */
  default Optional<R> none(String name) {
    return Optional.empty();
  }

  /**
   * What the spec says that it begins with; empty when it leaves that open. A lost resource is made
   * anew only by a decision that was not in force when it was last seen.
   */
  default String beginning(App app) {
    return "";
  }

  /**
   * Whether the provider makes a second one when a create is sent twice, because it takes no client
   * token and knows no unique name. Then the intent is put on record before the call.
   */
  default boolean needsIntent() {
    return false;
  }

  /** Why it is not created although it is wanted and missing; empty when it may be. */
  default Optional<Desired<D>> uncreatable(App app, Upstream upstream) {
    return Optional.empty();
  }

  /** What a person can do when it holds data and is gone. */
  default String waysBack(App app, Upstream upstream) {
    return "Restore it under the same identifier; or, to start empty, remove its block from spec,"
        + " apply, and add it again";
  }

  /**
   * Whether losing it loses data: then it is never removed by default, and never recreated empty
   * unless it {@link #startsOver}.
   */
  default boolean holdsData() {
    return false;
  }

  /**
   * Whether lost data comes back by itself, as sessions do: then a lost resource is made again,
   * empty. Removal is decided by protection and policy all the same.
   */
  default boolean startsOver() {
    return false;
  }

  /**
   * Whether the operator creates, changes and deletes it. Otherwise it is only read, its ownership
   * is {@code Referenced} and it needs no tags of ours.
   */
  default boolean managed() {
    return true;
  }

  /**
   * Whether it is there for a while only, and the app is as ready without it: what it does is told
   * as a remark, and others find no resource of it.
   */
  default boolean temporary() {
    return false;
  }

  /**
   * Whether it is looked for, wanted or not: what is temporary must not be left behind when the
   * operator stopped before it had recorded that it was made.
   */
  default boolean lookedFor(App app) {
    return wanted(app);
  }

  /**
   * Whether its resource lives in the app's recovery region, as copies do, and not where the app
   * is.
   */
  default boolean inRecoveryRegion() {
    return false;
  }

  /**
   * The component whose resource it belongs to, where the service knows no tags for its own: that
   * resource's tags then say whose it is, and {@link #disposal} alone how it leaves.
   */
  default Optional<ComponentName> partOf() {
    return Optional.empty();
  }

  /**
   * The newest time to which the data can be brought back from it: a moment that has passed, known
   * to a quarter of an hour; empty while there is none, and for what is not brought back in time.
   */
  default Optional<Instant> restorableTo(R actual) {
    return Optional.empty();
  }

  /** The policy for its data; asked only when it holds some. */
  default DeletionPolicy deletionPolicy(App app) {
    return DeletionPolicy.RETAIN;
  }

  /** How data leaves under a policy; a service without snapshots retains for {@code SNAPSHOT}. */
  default Disposal disposal(DeletionPolicy policy, App app, R actual) {
    return switch (policy) {
      case DELETE -> new Disposal.Delete();
      case RETAIN, SNAPSHOT -> new Disposal.Retain(policy.name(), "deletionPolicy is " + policy);
    };
  }

  /** Secrets that must be generated and written down before it is created. */
  default Upstream.GeneratedSecrets generatedSecrets(App app) {
    return Upstream.GeneratedSecrets.NONE;
  }

  /**
   * The suffix of the binding it gives the pods, or empty when it gives none. Pods are first
   * started when every expected binding is known.
   */
  default Optional<String> bindingSuffix() {
    return Optional.empty();
  }

  /**
   * Whether its resource is the IAM role that the pods take on; {@link CloudResource#id} is then
   * the role's ARN.
   */
  default boolean isPodRole() {
    return false;
  }

  /** What pods need to reach it, once it can be reached. */
  default Optional<Binding> binding(App app, R actual, Upstream upstream) {
    return Optional.empty();
  }

  /** IAM actions that its adapter calls, for the operator's generated IAM policy. */
  Set<String> iamActions();
}
