package io.highlyavailable.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.alb.LoadBalancerController;
import io.highlyavailable.testbed.argocd.ArgoCd;
import io.highlyavailable.testbed.argocd.GitServer;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.operator.OperatorProcess;
import io.highlyavailable.testbed.operator.OperatorSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of its own with Argo CD, configured and fed with the files that we ship: only the
 * repositories' addresses and what the local platform has another of are replaced.
 */
final class ArgoCdRig implements AutoCloseable {
  static final String SYSTEM = "highlyavailableapp-system";
  static final String CLUSTER_ID = "local";

  private final Testbed testbed = new Testbed();
  private final GitServer git;
  private final ArgoCd argo;
  private final LoadBalancerController balancers;
  private final Delivery chart;
  private @Nullable OperatorProcess operator;

  ArgoCdRig() {
    git = GitServer.start(testbed.data(), testbed.logs());
    git.copy(Checkout.find().file("helm/highlyavailableapp"), "helm/highlyavailableapp");
    git.push("Add the chart");
    argo =
        ArgoCd.start(
            testbed.cluster(),
            testbed.toolchain(),
            settings(),
            testbed.data().resolve("argocd"),
            testbed.logs());
    balancers =
        LoadBalancerController.start(
            testbed.cluster().kubeconfig(),
            testbed.aws().endpoint(),
            AwsEmulator.REGION,
            testbed.network().vpcId(),
            CLUSTER_ID);
    create("argocd/project.yaml", "AppProject");
    chart = Delivery.of(client(), argo, git, chartApplication());
    chart.awaitSynced().awaitHealth("Healthy");
  }

  private static Map<String, String> settings() {
    JsonNode settings = ShippedFiles.document("argocd/argocd-cm.yaml", "ConfigMap").path("data");
    return settings.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asText()));
  }

  /** Of a cluster administrator. */
  KubernetesClient client() {
    return testbed.cluster().client();
  }

  ArgoCd argo() {
    return argo;
  }

  GitServer git() {
    return git;
  }

  AwsEmulator emulator() {
    return testbed.aws();
  }

  /** The Application of the operator's chart, which is synced. */
  Delivery chart() {
    return chart;
  }

  /** What we ship, with the addresses of the local repository. */
  ObjectNode shipped(String file, String kind) {
    String text =
        ShippedFiles.text(file)
            .replaceAll("https://git\\.example\\.com/platform/\\w+\\.git", git.url().toString())
            .replace("targetRevision: v0.1.0", "targetRevision: " + git.branch());
    return (ObjectNode)
        ShippedFiles.documents(text).stream()
            .filter(document -> document.path("kind").asText().equals(kind))
            .findFirst()
            .orElseThrow();
  }

  /** Creates what we ship. */
  GenericKubernetesResource create(String file, String kind) {
    return client()
        .resource(
            Serialization.unmarshal(
                shipped(file, kind).toString(), GenericKubernetesResource.class))
        .forceConflicts()
        .serverSideApply();
  }

  /** Tells Argo CD of a cluster, of which nothing is there but the name. */
  void register(String name, Map<String, String> labels, Map<String, String> annotations) {
    client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(ArgoCd.NAMESPACE)
                .addToLabels("argocd.argoproj.io/secret-type", "cluster")
                .addToLabels(labels)
                .withAnnotations(annotations)
                .endMetadata()
                .withStringData(
                    Map.of("name", name, "server", "https://127.0.0.1:1/" + name, "config", "{}"))
                .build())
        .create();
  }

  /** The Applications that there are. */
  List<JsonNode> applications() {
    return client()
        .genericKubernetesResources(Delivery.APPLICATIONS)
        .inNamespace(ArgoCd.NAMESPACE)
        .list()
        .getItems()
        .stream()
        .map(it -> Serialization.unmarshal(Serialization.asJson(it), JsonNode.class))
        .toList();
  }

  private ObjectNode chartApplication() {
    ObjectNode application = shipped("argocd/operator.yaml", "Application");
    ObjectNode values = (ObjectNode) application.at("/spec/source/helm/valuesObject");
    values.put("clusterId", CLUSTER_ID);
    values.withObject("/aws").put("region", OperatorSettings.REGION).remove("eksCluster");
    return application;
  }

  /** The Application of a namespace's apps, as we ship it. */
  Delivery deliver(String namespace) {
    ObjectNode application = shipped("argocd/app.yaml", "Application");
    application.withObject("/metadata").put("name", namespace);
    application.withObject("/spec/source").put("path", "clusters/prod-eu1/" + namespace);
    application.withObject("/spec/destination").put("namespace", namespace);
    return Delivery.of(client(), argo, git, application);
  }

  /** The operator, with the identity and the rights that the chart gave it. */
  OperatorProcess operator() {
    if (operator == null) {
      OperatorSettings settings =
          OperatorSettings.local(testbed.aws().endpoint())
              .inNetwork(
                  testbed.network().vpcId(), List.of(testbed.network().clusterSecurityGroupId()))
              .with("HAAPP_CLUSTER_ID", CLUSTER_ID)
              .with("HAAPP_POLL_FAST", "500ms")
              .with("HAAPP_POLL_SLOW", "1500ms")
              .with("HAAPP_AUDIT_INTERVAL", "500ms")
              .with("HAAPP_SETTLE_WINDOW", "4s");
      operator =
          OperatorProcess.startInstalled(
              testbed.cluster(), settings, testbed.logs().resolve("argocd-operator"));
      operator.awaitReady(Duration.ofSeconds(60));
    }
    return operator;
  }

  @Override
  public void close() {
    if (operator != null) {
      operator.close();
    }
    balancers.close();
    argo.close();
    git.close();
    testbed.close();
  }
}
