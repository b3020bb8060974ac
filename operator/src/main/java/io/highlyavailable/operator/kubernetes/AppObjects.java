package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Scale;
import io.highlyavailable.operator.model.BindingNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every Kubernetes object of an app. All bear the annotation {@link AppliedHash#ANNOTATION} and are
 * owned by the custom resource.
 */
public final class AppObjects {
  /** All kinds that an app may consist of, in the order they are written. */
  public static final List<ObjectKind> KINDS =
      List.of(
          new ObjectKind(Service.class),
          new ObjectKind(Ingress.class),
          new ObjectKind(PodDisruptionBudget.class),
          new ObjectKind(NetworkPolicy.class),
          new ObjectKind(ServiceAccount.class),
          new ObjectKind(Secret.class),
          new ObjectKind(Job.class),
          new ObjectKind(Deployment.class),
          new ObjectKind(HorizontalPodAutoscaler.class));

  private AppObjects() {}

  /** What depends on the spec alone: the load balancer comes up while the database is made. */
  public static List<HasMetadata> early(App app) {
    if (app.instances().isPresent()) {
      return List.of();
    }
    List<HasMetadata> objects = new ArrayList<>();
    objects.add(ServiceObject.of(app));
    app.ingress().ifPresent(exposure -> objects.add(IngressObject.of(app, exposure)));
    objects.add(DisruptionBudgetObject.of(app));
    if (app.workload().networkPolicy()) {
      objects.add(NetworkPolicyObject.of(app));
    }
    objects.forEach(AppliedHash::stamp);
    return List.copyOf(objects);
  }

  /** What runs pods. Called when all inputs are known, so that a Deployment is written once. */
  public static List<HasMetadata> late(App app, WorkloadInputs inputs) {
    return app.instances().isPresent() ? besideInstances(app, inputs) : pods(app, inputs);
  }

  /** Bindings are also for the Jobs that run in the cluster. */
  private static List<HasMetadata> besideInstances(App app, WorkloadInputs inputs) {
    List<HasMetadata> objects = new ArrayList<>();
    if (app.workload().beforeRollout().isPresent()) {
      objects.add(ServiceAccountObject.ofMigration(app, inputs));
    }
    inputs.bindings().forEach(binding -> objects.add(BindingSecret.of(app, binding)));
    objects.forEach(AppliedHash::stamp);
    return List.copyOf(objects);
  }

  private static List<HasMetadata> pods(App app, WorkloadInputs inputs) {
    List<HasMetadata> objects = new ArrayList<>();
    if (app.workload().serviceAccountName() == null) {
      objects.add(ServiceAccountObject.of(app, inputs.roleArn()));
    }
    inputs.bindings().forEach(binding -> objects.add(BindingSecret.of(app, binding)));
    objects.add(DeploymentObject.of(app, inputs));
    if (app.workload().scale() instanceof Scale.Automatic scale) {
      objects.add(AutoscalerObject.of(app, scale, inputs.floor()));
    }
    objects.forEach(AppliedHash::stamp);
    return List.copyOf(objects);
  }

  /**
   * The objects that the spec asks for, whether or not they can be written yet. Jobs are not among
   * them: they come and go by {@link MigrationRules}.
   */
  public static Set<ObjectKey> wanted(App app) {
    Set<ObjectKey> wanted = new TreeSet<>();
    if (app.instances().isEmpty()) {
      wantPods(wanted, app);
    } else if (app.workload().beforeRollout().isPresent()) {
      want(wanted, "ServiceAccount", app);
    }
    BindingNames.suffixes(app).forEach(suffix -> wantSecret(wanted, app, suffix));
    return wanted;
  }

  private static void wantPods(Set<ObjectKey> wanted, App app) {
    want(wanted, "Service", app);
    want(wanted, "PodDisruptionBudget", app);
    want(wanted, "Deployment", app);
    app.ingress().ifPresent(_ -> want(wanted, "Ingress", app));
    if (app.workload().networkPolicy()) {
      want(wanted, "NetworkPolicy", app);
    }
    if (app.workload().serviceAccountName() == null) {
      want(wanted, "ServiceAccount", app);
    }
    if (app.workload().scale() instanceof Scale.Automatic) {
      want(wanted, "HorizontalPodAutoscaler", app);
    }
  }

  private static void want(Set<ObjectKey> wanted, String kind, App app) {
    wanted.add(new ObjectKey(kind, app.identity().name()));
  }

  private static void wantSecret(Set<ObjectKey> wanted, App app, String suffix) {
    wanted.add(new ObjectKey("Secret", BindingNames.secret(app.identity().name(), suffix)));
  }

  /**
   * Which of the observed objects the spec asks for no more. Only what this very app owns and we
   * applied: never a master password, never what others made, and no Job.
   */
  public static List<HasMetadata> superfluous(App app, Collection<? extends HasMetadata> observed) {
    Set<ObjectKey> wanted = wanted(app);
    return observed.stream()
        .filter(object -> !(object instanceof Job) && !wanted.contains(ObjectKey.of(object)))
        .filter(object -> ownedBy(app, object) && AppliedHash.read(object).isPresent())
        .map(HasMetadata.class::cast)
        .toList();
  }

  private static boolean ownedBy(App app, HasMetadata object) {
    List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
    return owners != null
        && owners.stream().anyMatch(owner -> app.identity().uid().equals(owner.getUid()));
  }
}
