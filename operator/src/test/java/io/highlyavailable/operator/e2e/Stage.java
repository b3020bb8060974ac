package io.highlyavailable.operator.e2e;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.junit.TestNamespace;
import io.highlyavailable.testbed.operator.OperatorProcess;
import io.highlyavailable.testbed.operator.OperatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** A namespace of one test's own, with the operator beside it; afterwards all of it is removed. */
final class Stage implements AutoCloseable {
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  /** A person's way to say that nothing of an app is to be kept. */
  private static final String LET_GO =
      """
      {"metadata": {"annotations": {"highlyavailable.io/paused": null}},
       "spec": {"deletionProtection": false, "deletionPolicy": "Delete"}}
      """;

  private final Rig rig;
  private final String test;
  private final List<TestNamespace> namespaces = new ArrayList<>();
  private boolean ownOperator;

  Stage(Rig rig, String test) {
    this.rig = rig;
    this.test = test;
  }

  /** The namespace of the test; made at the first call. */
  String namespace() {
    return namespaces.isEmpty() ? anotherNamespace() : namespaces.getFirst().name();
  }

  /** One more namespace. */
  String anotherNamespace() {
    namespaces.add(TestNamespace.create(rig.client(), test));
    return namespaces.getLast().name();
  }

  /** The shared operator, running. */
  OperatorProcess operator() {
    return rig.operator();
  }

  /**
   * Settings of an operator of the test's own: it watches the test's namespace, under its own
   * identity.
   */
  OperatorSettings ownSettings() {
    return rig.settings().as("highlyavailableapp-system", namespace()).watching(namespace());
  }

  /** An operator of the test's own in place of the shared one. */
  OperatorProcess operator(OperatorSettings settings) {
    ownOperator = true;
    return rig.operator(settings);
  }

  /** Applies {@code examples/quickstart.yaml}: every component there is. */
  AppRig quickstart() {
    return example("quickstart");
  }

  /** Applies a file of {@code examples/}. */
  AppRig example(String name) {
    try {
      return apply(Files.readString(Checkout.find().file("examples/" + name + ".yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates an app in the test's namespace. */
  AppRig apply(String manifest) {
    return apply(namespace(), manifest);
  }

  /** Creates an app. */
  AppRig apply(String namespace, String manifest) {
    HighlyAvailableApp app = Serialization.unmarshal(manifest, HighlyAvailableApp.class);
    rig.client().resource(app).inNamespace(namespace).create();
    return new AppRig(rig, namespace, app.getMetadata().getName());
  }

  /** An app of this name in the test's namespace, whether or not it is there. */
  AppRig app(String name) {
    return new AppRig(rig, namespace(), name);
  }

  @Override
  public void close() {
    rig.emulator().faults().clear();
    if (ownOperator) {
      rig.stopOperator();
    }
    namespaces.forEach(this::remove);
  }

  private void remove(TestNamespace namespace) {
    var apps = rig.client().resources(HighlyAvailableApp.class).inNamespace(namespace.name());
    for (HighlyAvailableApp app : apps.list().getItems()) {
      var one = apps.withName(app.getMetadata().getName());
      one.patch(MERGE, ownOperator ? "{\"metadata\": {\"finalizers\": null}}" : LET_GO);
      one.delete();
    }
    namespace.delete(rig.client());
  }
}
