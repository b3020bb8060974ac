package io.highlyavailable.operator.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.api.v1alpha1.ComponentStatus;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must not change when the operator does.
 *
 * @param workload UID of the app's Deployment
 * @param generation of that Deployment
 * @param pods UIDs of its pods
 * @param resources names and ARNs of what it has in AWS
 */
record AppState(String workload, long generation, Set<String> pods, Map<String, String> resources) {

  static AppState of(KubernetesClient client, String namespace, String name) {
    Deployment deployment = client.apps().deployments().inNamespace(namespace).withName(name).get();
    HighlyAvailableApp app =
        client.resources(HighlyAvailableApp.class).inNamespace(namespace).withName(name).get();
    return new AppState(
        uid(deployment),
        deployment.getMetadata().getGeneration(),
        client
            .pods()
            .inNamespace(namespace)
            .withLabel("app.kubernetes.io/instance", name)
            .list()
            .getItems()
            .stream()
            .map(AppState::uid)
            .collect(Collectors.toSet()),
        app.getStatus().components().stream()
            .collect(Collectors.toMap(ComponentStatus::name, one -> String.valueOf(one.id()))));
  }

  private static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }
}
