package io.highlyavailable.testbed.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.junit.TestNamespace;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.process.Supervised;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithTestbed
class OperatorProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;

  private OperatorProcess create(Cluster cluster, OperatorSettings settings) throws Exception {
    return OperatorProcess.create(cluster, settings, directory, Supervised::start, fakeJar());
  }

  private static OperatorSettings settings() {
    return OperatorSettings.local(URI.create("http://127.0.0.1:1")).with("HAAPP_POLL_FAST", "2s");
  }

  @Test
  void startsWithItsConfigurationAndRestarts(Cluster cluster) throws Exception {
    try (OperatorProcess operator = create(cluster, settings())) {
      operator.start();
      operator.awaitReady(LIMIT);
      long first = operator.pid();
      assertThat(operator.metrics())
          .contains("HAAPP_CLUSTER_ID=local", "HAAPP_POLL_FAST=2s", "AWS_REGION=us-east-1")
          .contains("HAAPP_LEADER_NAMESPACE=highlyavailableapp-system");

      operator.kill();
      assertThat(operator.isAlive()).isFalse();
      operator.start();
      operator.awaitReady(LIMIT);
      operator.restart();

      assertThat(operator.pid()).isNotEqualTo(first);
      assertThat(Files.readAllLines(operator.logFile())).hasSize(3);
    }
  }

  @Test
  void saysWhyWhenItEndsBeforeItIsReady(Cluster cluster) throws Exception {
    try (OperatorProcess operator =
        create(cluster, settings().with("FAKE_FAILURE", "AWS_REGION is not set"))) {
      operator.start();

      assertThatThrownBy(() -> operator.awaitReady(LIMIT))
          .hasMessageContaining("ended before it was ready")
          .hasMessageContaining("AWS_REGION is not set");
    }
  }

  @Test
  void actsAsItsServiceAccountWithTheChartsRightsOnly(Cluster cluster, TestNamespace namespace) {
    OperatorSettings settings = settings();
    new OperatorInstallation(cluster.client(), io.highlyavailable.testbed.build.Checkout.find())
        .apply(settings);
    try (KubernetesClient operator = clientOf(cluster, settings)) {
      assertThat(whoAmI(operator)).isEqualTo(settings.user());
      assertThat(may(operator, "patch", "apps", "deployments", namespace.name())).isTrue();
      assertThat(may(operator, "create", "rbac.authorization.k8s.io", "roles", namespace.name()))
          .isFalse();
      assertThat(may(operator, "create", "", "pods", namespace.name())).isFalse();
      assertThat(may(operator, "create", "coordination.k8s.io", "leases", settings.namespace()))
          .isTrue();
      assertThat(may(operator, "create", "coordination.k8s.io", "leases", namespace.name()))
          .isFalse();
    }
  }

  @Test
  void watchingNamespacesItHasRightsThereAndNowhereElse(Cluster cluster, TestNamespace namespace) {
    OperatorSettings settings =
        settings().as(namespace.name(), "operator").watching(namespace.name());
    new OperatorInstallation(cluster.client(), io.highlyavailable.testbed.build.Checkout.find())
        .apply(settings);
    try (KubernetesClient operator = clientOf(cluster, settings)) {
      assertThat(may(operator, "patch", "apps", "deployments", namespace.name())).isTrue();
      assertThat(may(operator, "patch", "apps", "deployments", "default")).isFalse();
    }
  }

  private static KubernetesClient clientOf(Cluster cluster, OperatorSettings settings) {
    Path kubeconfig = cluster.kubeconfigFor(settings.namespace(), settings.serviceAccount());
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .build();
  }

  private static String whoAmI(KubernetesClient client) {
    return client
        .resource(new SelfSubjectReviewBuilder().build())
        .create()
        .getStatus()
        .getUserInfo()
        .getUsername();
  }

  private static boolean may(
      KubernetesClient client, String verb, String group, String resource, String namespace) {
    return client
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(
            new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(resource)
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }

  private Path fakeJar() throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeOperator.class.getName());
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            FakeOperator.class.getProtectionDomain().getCodeSource().getLocation().toString());
    Path jar = directory.resolve("operator.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream written = new JarOutputStream(out, manifest)) {
      written.finish();
    }
    return jar;
  }
}
