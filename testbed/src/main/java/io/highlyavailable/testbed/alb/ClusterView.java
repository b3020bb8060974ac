package io.highlyavailable.testbed.alb;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the controller sees of the cluster, kept up to date by watches. */
final class ClusterView implements ServiceLookup, AutoCloseable {
  static final String CONTROLLER = "ingress.k8s.aws/alb";
  private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";
  private static final String BY_SERVICE = "service";

  private final KubernetesClient client;
  private final SharedIndexInformer<Ingress> ingresses;
  private final SharedIndexInformer<IngressClass> classes;
  private final SharedIndexInformer<Service> services;
  private final SharedIndexInformer<EndpointSlice> slices;
  private volatile Consumer<StackId> changed = id -> {};

  ClusterView(KubernetesClient client) {
    this.client = client;
    this.ingresses = client.network().v1().ingresses().inAnyNamespace().runnableInformer(0);
    this.classes = client.network().v1().ingressClasses().runnableInformer(0);
    this.services = client.services().inAnyNamespace().runnableInformer(0);
    this.slices =
        client
            .discovery()
            .v1()
            .endpointSlices()
            .inAnyNamespace()
            .withLabel(SERVICE_LABEL)
            .runnableInformer(0);
    slices.addIndexers(Map.of(BY_SERVICE, slice -> List.of(key(slice))));
  }

  /**
   * Starts watching, and returns when all is known that there is.
   *
   * @param changed is told of each Ingress that may need work
   */
  void start(Consumer<StackId> changed) {
    classes.run();
    services.run();
    slices.run();
    this.changed = changed;
    services.addEventHandler(
        handler(
            service ->
                affected(service.getMetadata().getNamespace(), service.getMetadata().getName())));
    slices.addEventHandler(
        handler(
            slice ->
                affected(
                    slice.getMetadata().getNamespace(),
                    slice.getMetadata().getLabels().get(SERVICE_LABEL))));
    ingresses.addEventHandler(handler(ingress -> changed.accept(id(ingress))));
    ingresses.run();
  }

  private static <T> ResourceEventHandler<T> handler(Consumer<T> action) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        action.accept(object);
      }

      @Override
      public void onUpdate(T before, T after) {
        action.accept(after);
      }

      @Override
      public void onDelete(T object, boolean stateUnknown) {
        action.accept(object);
      }
    };
  }

  private void affected(String namespace, String service) {
    for (Ingress ingress : ingresses.getIndexer().list()) {
      if (ingress.getMetadata().getNamespace().equals(namespace) && names(ingress, service)) {
        changed.accept(id(ingress));
      }
    }
  }

  private static boolean names(Ingress ingress, String service) {
    try {
      return ModelBuilder.backends(ingress).stream().anyMatch(b -> b.service().equals(service));
    } catch (BuildModelException e) {
      // An Ingress that cannot be built is reported when it changes itself.
      return false;
    }
  }

  static StackId id(Ingress ingress) {
    return new StackId(ingress.getMetadata().getNamespace(), ingress.getMetadata().getName());
  }

  private static String key(EndpointSlice slice) {
    return slice.getMetadata().getNamespace()
        + "/"
        + slice.getMetadata().getLabels().get(SERVICE_LABEL);
  }

  /** An Ingress as last seen; to be copied before it is changed. */
  Optional<Ingress> ingress(StackId id) {
    return Optional.ofNullable(ingresses.getIndexer().getByKey(id.toString()));
  }

  /** Whether an Ingress is of a class that this controller serves. */
  boolean isOurs(Ingress ingress) {
    @Nullable String className = ingress.getSpec().getIngressClassName();
    if (className == null) {
      return Optional.ofNullable(ingress.getMetadata().getAnnotations())
          .map(annotations -> "alb".equals(annotations.get(CLASS_ANNOTATION)))
          .orElse(false);
    }
    return Optional.ofNullable(classes.getIndexer().getByKey(className))
        .map(found -> CONTROLLER.equals(found.getSpec().getController()))
        .orElse(false);
  }

  @Override
  public Optional<Service> find(String namespace, String name) {
    return Optional.ofNullable(services.getIndexer().getByKey(namespace + "/" + name));
  }

  /** The endpoint slices of a Service. */
  List<EndpointSlice> slices(String namespace, String service) {
    return slices.getIndexer().byIndex(BY_SERVICE, namespace + "/" + service);
  }

  /** The nodes; asked for anew, since only targets of type instance need them. */
  List<Node> nodes() {
    return client.nodes().list().getItems();
  }

  @Override
  public void close() {
    List.of(ingresses, classes, services, slices).forEach(SharedIndexInformer::stop);
  }
}
