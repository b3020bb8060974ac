package io.highlyavailable.testbed.argocd;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What Argo CD keeps in the cluster: its CRDs, its settings, and a project that allows all. */
final class ArgoCdInstallation {
  static final String NAMESPACE = "argocd";

  private static final Map<String, String> PART = Map.of("app.kubernetes.io/part-of", "argocd");

  private final KubernetesClient client;

  ArgoCdInstallation(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Installs it and returns when the API server serves the CRDs.
   *
   * @param crds files
   * @param settings entries of the ConfigMap argocd-cm
   */
  void apply(List<Path> crds, Map<String, String> settings) {
    crds.forEach(this::applyCrd);
    apply(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build());
    apply(configMap("argocd-cm", settings));
    for (String name :
        List.of(
            "argocd-rbac-cm",
            "argocd-cmd-params-cm",
            "argocd-tls-certs-cm",
            "argocd-ssh-known-hosts-cm",
            "argocd-gpg-keys-cm")) {
      apply(configMap(name, Map.of()));
    }
    apply(
        new SecretBuilder()
            .withNewMetadata()
            .withName("argocd-secret")
            .withNamespace(NAMESPACE)
            .withLabels(PART)
            .endMetadata()
            .withStringData(Map.of("server.secretkey", UUID.randomUUID().toString()))
            .build());
    apply(
        Serialization.unmarshal(
            """
            apiVersion: argoproj.io/v1alpha1
            kind: AppProject
            metadata: {name: default, namespace: %s}
            spec:
              sourceRepos: ["*"]
              destinations: [{server: "*", namespace: "*"}]
              clusterResourceWhitelist: [{group: "*", kind: "*"}]
            """
                .formatted(NAMESPACE),
            GenericKubernetesResource.class));
  }

  private void applyCrd(Path file) {
    CustomResourceDefinition definition;
    try {
      definition = Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    apply(definition);
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(definition.getMetadata().getName())
        .waitUntilCondition(
            crd ->
                crd != null
                    && crd.getStatus() != null
                    && crd.getStatus().getConditions() != null
                    && crd.getStatus().getConditions().stream()
                        .anyMatch(
                            one ->
                                one.getType().equals("Established")
                                    && one.getStatus().equals("True")),
            60,
            TimeUnit.SECONDS);
  }

  private static HasMetadata configMap(String name, Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .withLabels(PART)
        .endMetadata()
        .withData(data)
        .build();
  }

  private void apply(HasMetadata object) {
    client.resource(object).forceConflicts().serverSideApply();
  }
}
