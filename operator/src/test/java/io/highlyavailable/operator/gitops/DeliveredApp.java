package io.highlyavailable.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.model.AppIdentity;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;

/** The quickstart, called shop, in a directory and a namespace of its own, by its Application. */
final class DeliveredApp {
  private static final String NAME = "shop";
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  private final ArgoCdRig rig;
  private final String namespace;
  private final ObjectNode manifest;
  private final Delivery delivery;

  private DeliveredApp(ArgoCdRig rig, String namespace) {
    this.rig = rig;
    this.namespace = namespace;
    this.manifest = quickstart();
    // Beside the app, so that its directory is not gone with it.
    rig.git()
        .write(
            directory() + "/team.yaml",
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: team}
            data: {owner: web}
            """);
    push("Add " + namespace);
    this.delivery = rig.deliver(namespace);
  }

  /** Commits it and has it delivered. */
  static DeliveredApp commit(ArgoCdRig rig, String namespace) {
    return new DeliveredApp(rig, namespace);
  }

  private static ObjectNode quickstart() {
    try {
      String text = Files.readString(Checkout.find().file("examples/quickstart.yaml"));
      return (ObjectNode) ShippedFiles.documents(text).getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String directory() {
    return "clusters/prod-eu1/" + namespace;
  }

  private void push(String message) {
    rig.git().write(directory() + "/shop.yaml", Serialization.asYaml((JsonNode) manifest));
    rig.git().push(message);
  }

  Delivery delivery() {
    return delivery;
  }

  /** Changes its spec in Git and waits until Argo CD has applied that. */
  void change(Consumer<ObjectNode> change) {
    change.accept(manifest.withObject("/spec"));
    push("Change " + namespace);
    delivery.awaitSynced();
  }

  /** Takes it out of Git. */
  void remove() {
    rig.git().remove(directory() + "/shop.yaml");
    rig.git().push("Remove " + namespace);
    delivery.refresh();
  }

  DeliveredApp awaitHealthy() {
    delivery.awaitSynced().awaitHealth("Healthy");
    return this;
  }

  private KubernetesClient client() {
    return rig.client();
  }

  private Resource<HighlyAvailableApp> resource() {
    return client().resources(HighlyAvailableApp.class).inNamespace(namespace).withName(NAME);
  }

  boolean exists() {
    return resource().get() != null;
  }

  HighlyAvailableApp get() {
    HighlyAvailableApp app = resource().get();
    assertThat(app).as("app of %s", namespace).isNotNull();
    return app;
  }

  /** Changes it in the cluster, past Git. */
  void patch(String yaml) {
    resource().patch(MERGE, Serialization.asJson(Serialization.unmarshal(yaml, Object.class)));
  }

  <T extends HasMetadata> T the(Class<T> type) {
    T object = client().resources(type).inNamespace(namespace).withName(NAME).get();
    assertThat(object).as(type.getSimpleName()).isNotNull();
    return object;
  }

  /** Messages of its Events with this reason. */
  List<String> events(String reason) {
    return client().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> reason.equals(event.getReason()))
        .map(event -> event.getMessage())
        .toList();
  }

  /** What Argo CD shows of the app itself, beside the rest of its Application. */
  JsonNode shown() {
    return delivery.resource("HighlyAvailableApp");
  }

  /** The name of its database. */
  String database() {
    return Names.resource(new AppIdentity(ArgoCdRig.CLUSTER_ID, "", namespace, "", NAME, ""));
  }
}
