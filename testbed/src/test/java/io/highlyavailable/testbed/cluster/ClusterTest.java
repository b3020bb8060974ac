package io.highlyavailable.testbed.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.highlyavailable.testbed.junit.TestNamespace;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/**
 * Holds for whichever cluster is configured; what only our own fake nodes can do is left out
 * elsewhere.
 */
@WithTestbed
class ClusterTest {

  @Test
  void aNamespaceHasItsDefaultServiceAccount(Cluster cluster, TestNamespace namespace) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                cluster
                        .client()
                        .serviceAccounts()
                        .inNamespace(namespace.name())
                        .withName("default")
                        .get()
                    != null);
  }

  @Test
  @DisabledIf("isNotNative")
  void aDeploymentOfSixSpreadsOverThreeZonesAndTurnsReady(
      KubernetesClient client, TestNamespace namespace) {
    client.resource(deploymentOfSix()).inNamespace(namespace.name()).create();

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(
                        client
                            .apps()
                            .deployments()
                            .inNamespace(namespace.name())
                            .withName("web")
                            .get()
                            .getStatus()
                            .getReadyReplicas())
                    .isEqualTo(6));
    Map<String, Long> podsByZone =
        client.pods().inNamespace(namespace.name()).list().getItems().stream()
            .collect(Collectors.groupingBy(pod -> zoneOf(client, pod), Collectors.counting()));
    assertThat(podsByZone)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("us-east-1a", 2L, "us-east-1b", 2L, "us-east-1c", 2L));
  }

  @Test
  void aServiceAccountMayDoWhatItsRoleSaysAndNothingElse(Cluster cluster, TestNamespace namespace) {
    grantConfigMapCreation(cluster.client(), namespace.name());

    try (KubernetesClient account =
        Kubeconfig.client(cluster.kubeconfigFor(namespace.name(), "writer"))) {
      var configMap =
          new ConfigMapBuilder().withNewMetadata().withName("allowed").endMetadata().build();
      account.configMaps().inNamespace(namespace.name()).resource(configMap).create();
      assertThatThrownBy(() -> account.secrets().inNamespace(namespace.name()).list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403))
          .hasMessageContaining("system:serviceaccount:" + namespace.name() + ":writer");
    }
  }

  @Test
  @DisabledIf("isNotNative")
  void theAuditCountsTheWritesOfEachUser(Cluster cluster, TestNamespace namespace) {
    grantConfigMapCreation(cluster.client(), namespace.name());
    ApiServerAudit audit = cluster.audit().orElseThrow();
    ApiServerAudit.Mark mark = audit.mark();

    try (KubernetesClient account =
        Kubeconfig.client(cluster.kubeconfigFor(namespace.name(), "writer"))) {
      for (String name : List.of("one", "two")) {
        var map = new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build();
        account.configMaps().inNamespace(namespace.name()).resource(map).create();
      }
    }

    String user = "system:serviceaccount:" + namespace.name() + ":writer";
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(ApiServerAudit.countByVerbAndResource(audit.since(mark, user)))
                    .containsExactly(Map.entry("create configmaps", 2L)));
  }

  @Test
  void theServersCertificateIsCheckedAgainstItsOwnAuthority(Cluster cluster) {
    var config = cluster.client().getConfiguration();

    assertThat(config.isTrustCerts()).isFalse();
    assertThat(config.getMasterUrl()).startsWith("https://");
    assertThat(cluster.client().getKubernetesVersion().getGitVersion()).startsWith("v1.");
  }

  static boolean isNotNative() {
    return !(Clusters.resolve(ClusterChoice.configured()) instanceof ClusterChoice.Native);
  }

  private static String zoneOf(KubernetesClient client, Pod pod) {
    return client
        .nodes()
        .withName(pod.getSpec().getNodeName())
        .get()
        .getMetadata()
        .getLabels()
        .get("topology.kubernetes.io/zone");
  }

  private static void grantConfigMapCreation(KubernetesClient client, String namespace) {
    client
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName("writer").endMetadata().build())
        .inNamespace(namespace)
        .create();
    client
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName("writer")
                .endMetadata()
                .withRules(
                    new PolicyRuleBuilder()
                        .withApiGroups("")
                        .withResources("configmaps")
                        .withVerbs("create")
                        .build())
                .build())
        .inNamespace(namespace)
        .create();
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("writer")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "writer")
                .withSubjects(
                    new SubjectBuilder()
                        .withKind("ServiceAccount")
                        .withName("writer")
                        .withNamespace(namespace)
                        .build())
                .build())
        .inNamespace(namespace)
        .create();
  }

  private static Deployment deploymentOfSix() {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("web")
        .endMetadata()
        .withNewSpec()
        .withReplicas(6)
        .withNewSelector()
        .addToMatchLabels("app", "web")
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("app", "web")
        .endMetadata()
        .withNewSpec()
        .addNewTopologySpreadConstraint()
        .withMaxSkew(1)
        .withTopologyKey("topology.kubernetes.io/zone")
        .withWhenUnsatisfiable("DoNotSchedule")
        .withNewLabelSelector()
        .addToMatchLabels("app", "web")
        .endLabelSelector()
        .endTopologySpreadConstraint()
        .addNewContainer()
        .withName("web")
        .withImage("example.com/web:1")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
