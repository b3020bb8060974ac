package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Scale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the number of replicas while it passes from us to the autoscaler. Server-side apply takes a
 * field away when its last applier stops naming it, and a Deployment without {@code replicas} gets
 * one: without this a switch from {@code replicas} to {@code scaling} would take all pods but one
 * down until the autoscaler's next cycle. A new app starts with the minimum in the same write that
 * creates it, and hands it over before it is applied again.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#transferring-ownership">
 *     Transferring ownership</a>
 */
public final class ReplicaHandover {
  /** The field manager to apply it as; not the one that applies everything else. */
  public static final String FIELD_MANAGER = AppMetadata.MANAGER + "-replicas";

  private ReplicaHandover() {}

  /**
   * What to apply, forced, as {@link #FIELD_MANAGER} before the Deployment itself; empty when there
   * is nothing to do, which is nearly always. A Deployment at 0 stays there: that is how a person
   * switches its autoscaler off.
   *
   * @param observed the Deployment as it is, or null when there is none yet
   * @param applying whether the Deployment is about to be applied without its replicas; until then
   *     they may stay ours
   */
  public static Optional<Deployment> of(App app, @Nullable Deployment observed, boolean applying) {
    if (observed == null || !(app.workload().scale() instanceof Scale.Automatic scale)) {
      return Optional.empty();
    }
    Integer replicas = observed.getSpec().getReplicas();
    int current = replicas == null ? 1 : replicas;
    boolean tooFew = current > 0 && current < scale.minReplicas();
    if (!tooFew && !(applying && appliedByUs(observed))) {
      return Optional.empty();
    }
    int wanted = current == 0 ? 0 : Math.max(current, scale.minReplicas());
    return Optional.of(replicas(app, wanted));
  }

  /**
   * What to apply, forced, as {@link #FIELD_MANAGER} while the Deployment itself must not be
   * applied: an app whose migration fails can still be scaled.
   *
   * @param observed the Deployment as it is, or null when there is none yet
   */
  public static Optional<Deployment> whileHeld(App app, @Nullable Deployment observed) {
    if (observed == null || !(app.workload().scale() instanceof Scale.Fixed fixed)) {
      return of(app, observed, false);
    }
    Integer replicas = observed.getSpec().getReplicas();
    return replicas != null && replicas == fixed.replicas()
        ? Optional.empty()
        : Optional.of(replicas(app, fixed.replicas()));
  }

  private static Deployment replicas(App app, int replicas) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace(app.identity().namespace())
        .withName(app.identity().name())
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .endSpec()
        .build();
  }

  /**
   * The Deployment as it is first written: with the fewest replicas that its autoscaler would come
   * to, which it looks for only every 15 seconds.
   *
   * @param desired the Deployment as it is applied later, without replicas under an autoscaler
   */
  public static Deployment first(App app, Deployment desired) {
    return app.workload().scale() instanceof Scale.Automatic scale
        ? new DeploymentBuilder(desired)
            .editSpec()
            .withReplicas(scale.minReplicas())
            .endSpec()
            .build()
        : desired;
  }

  /** Whether our next apply, which does not name the replicas, could take them away. */
  private static boolean appliedByUs(Deployment observed) {
    List<ManagedFieldsEntry> entries = observed.getMetadata().getManagedFields();
    boolean ours = false;
    for (ManagedFieldsEntry entry : entries == null ? List.<ManagedFieldsEntry>of() : entries) {
      if (namesReplicas(entry)) {
        if (!AppMetadata.MANAGER.equals(entry.getManager())) {
          return false;
        }
        ours = true;
      }
    }
    return ours;
  }

  private static boolean namesReplicas(ManagedFieldsEntry entry) {
    return entry.getFieldsV1() != null
        && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
        && spec.containsKey("f:replicas");
  }
}
