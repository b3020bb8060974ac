package io.highlyavailable.testbed.alb;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.highlyavailable.testbed.alb.Deployer.Deployment;
import io.highlyavailable.testbed.alb.LoadBalancerModel.TargetGroup;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Brings one Ingress and its load balancer together. */
final class IngressReconciler {
  private static final List<String> SCHEMES = List.of("internal", "internet-facing");

  private final ClusterView cluster;
  private final IngressWriter writer;
  private final ModelBuilder models;
  private final Deployer deployer;
  private final TargetRegistrar registrar;
  private final TargetFinder targets;
  private final ResourceNames names;
  private final Map<StackId, Deployment> deployments = new ConcurrentHashMap<>();

  IngressReconciler(
      ClusterView cluster,
      IngressWriter writer,
      ModelBuilder models,
      Deployer deployer,
      TargetRegistrar registrar,
      ResourceNames names) {
    this.cluster = cluster;
    this.writer = writer;
    this.models = models;
    this.deployer = deployer;
    this.registrar = registrar;
    this.targets = new TargetFinder(cluster);
    this.names = names;
  }

  /**
   * Does what an Ingress needs.
   *
   * @throws RuntimeException to be called again later
   */
  void reconcile(StackId id) {
    Ingress ingress = cluster.ingress(id).orElse(null);
    if (ingress == null) {
      deployments.remove(id);
      return;
    }
    boolean wanted = cluster.isOurs(ingress) && !ingress.isMarkedForDeletion();
    try {
      if (wanted) {
        provide(id, ingress);
      } else if (IngressWriter.hasFinalizer(ingress)) {
        remove(id, ingress);
      }
    } catch (BuildModelException e) {
      // Only a change of the Ingress, a Service or a certificate helps; certificates send no event.
      String message = "Failed build model due to " + e.getMessage();
      writer.event(ingress, "Warning", "FailedBuildModel", message);
      throw e;
    } catch (SdkException e) {
      deployments.remove(id);
      writer.event(
          ingress, "Warning", "FailedDeployModel", "Failed deploy model due to " + e.getMessage());
      throw e;
    } catch (KubernetesClientException e) {
      // The view was behind, and the change that it missed is on its way here.
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT
          && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  private void provide(StackId id, Ingress ingress) {
    LoadBalancerModel model = models.build(ingress);
    boolean known = IngressWriter.hasFinalizer(ingress);
    if (!known) {
      writer.addFinalizer(ingress);
    }
    Deployment deployment = deployments.get(id);
    boolean changed = deployment == null || !deployment.model().equals(model);
    if (changed) {
      deployment = deployer.deploy(model, !known, formerNames(id, deployment, known));
      deployments.put(id, deployment);
      if (known) {
        registrar.forget(deployment.targetGroups().values());
      } else {
        registrar.areNew(deployment.targetGroups().values());
      }
    }
    for (TargetGroup group : model.targetGroups()) {
      String arn = deployment.targetGroups().get(group.backend());
      if (arn != null) {
        registrar.sync(arn, targets.targets(id.namespace(), group));
      }
    }
    writer.setHostname(ingress, deployment.dnsName());
    if (changed) {
      writer.event(ingress, "Normal", "SuccessfullyReconciled", "Successfully reconciled");
    }
  }

  /** After a restart the scheme that an Ingress had before is not known, so all are looked at. */
  private Set<String> formerNames(StackId id, @Nullable Deployment former, boolean known) {
    if (former != null) {
      return Set.of(former.model().name());
    }
    return known ? possibleNames(id) : Set.of();
  }

  private Set<String> possibleNames(StackId id) {
    Set<String> possible = new HashSet<>();
    SCHEMES.forEach(scheme -> possible.add(names.loadBalancer(id, scheme)));
    return possible;
  }

  private void remove(StackId id, Ingress ingress) {
    Set<String> balancers = possibleNames(id);
    Deployment former = deployments.get(id);
    if (former != null) {
      balancers.add(former.model().name());
    }
    namedByAuthor(ingress).ifPresent(balancers::add);
    List<String> groups = new ArrayList<>();
    for (Backend backend : ModelBuilder.backends(ingress)) {
      for (String type : List.of("ip", "instance")) {
        groups.add(names.targetGroup(id, backend, type, "HTTP"));
      }
    }
    deployer.delete(id, balancers, groups);
    if (former != null) {
      registrar.forget(former.targetGroups().values());
    }
    deployments.remove(id);
    writer.removeFinalizer(ingress);
  }

  /** Read here, since an Ingress that is to be removed may not be fit to be built. */
  private static Optional<String> namedByAuthor(Ingress ingress) {
    return Optional.ofNullable(ingress.getMetadata().getAnnotations())
        .map(all -> all.get(DocumentedAnnotations.PREFIX + "load-balancer-name"));
  }
}
