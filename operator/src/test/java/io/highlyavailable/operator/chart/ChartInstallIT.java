package io.highlyavailable.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.engine.NamespaceProtection;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.cluster.ClusterChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a cluster of its own, because a cluster has room for one CRD and one owner of it. */
class ChartInstallIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CRD = "highlyavailableapps.highlyavailable.io";
  private static final String VALUES = "clusterId=prod-eu1,aws.region=eu-west-1";

  private static Testbed testbed;
  private static KubernetesClient client;
  private static Helm helm;

  @BeforeAll
  static void startCluster(@TempDir Path home) {
    assumeThat(ClusterChoice.configured())
        .as("a cluster that is somebody else's may have the CRD already")
        .isNotInstanceOf(ClusterChoice.Existing.class);
    testbed = new Testbed();
    client = testbed.cluster().client();
    String kubeconfig = testbed.cluster().kubeconfig().toString();
    helm = new Helm(testbed.toolchain(), home, Map.of("KUBECONFIG", kubeconfig));
    for (String name : new String[] {Helm.NAMESPACE, "shop", "blog"}) {
      create(name);
    }
  }

  @AfterAll
  static void stopCluster() {
    if (testbed != null) {
      testbed.close();
    }
  }

  @AfterEach
  void uninstall() {
    helm.uninstall(Helm.RELEASE, Helm.NAMESPACE);
    helm.uninstall("second", "blog");
  }

  @Test
  void installsUnderTheRestrictedPodSecurityStandard() {
    install();
    await().atMost(PATIENCE).until(() -> admitted(2));
    assertThat(operatorPods()).hasSize(2).allMatch(ChartInstallIT::mountsTheRootReadOnly);
  }

  @Test
  void upgradesInPlace() {
    install();
    helm.upgrade(
            Helm.RELEASE,
            Helm.NAMESPACE,
            "--set",
            VALUES + ",replicas=3,polling.fast=2s,image.tag=next")
        .succeeded();
    await().atMost(PATIENCE).until(() -> admitted(3));
    assertThat(deployment().getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv())
        .anyMatch(v -> v.getName().equals("HAAPP_POLL_FAST") && v.getValue().equals("2s"));
  }

  @Test
  void leavesTheCrdAndTheAppsWhenUninstalledAndTakesThemUpAgain() {
    install();
    await().atMost(PATIENCE).untilAsserted(() -> apply("kept"));
    helm.uninstall(Helm.RELEASE, Helm.NAMESPACE).succeeded();
    await().atMost(PATIENCE).until(() -> deployment() == null);
    assertThat(client.apiextensions().v1().customResourceDefinitions().withName(CRD).get())
        .isNotNull();
    assertThat(app("kept")).isNotNull();
    install();
    assertThat(app("kept")).isNotNull();
  }

  /** What the Job runs that {@code helm uninstall} waits for, with the rights that it has. */
  @Test
  void refusesToBeUninstalledWhileThereAreApps() throws IOException, InterruptedException {
    install();
    apply("left", "deletionProtection: false");
    Guard refused = guard();
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.output()).contains("shop/left", "helm uninstall --no-hooks");

    client.resources(HighlyAvailableApp.class).inAnyNamespace().delete();
    await().atMost(PATIENCE).until(() -> app("left") == null && app("kept") == null);
    assertThat(guard().exit()).isZero();
    helm.uninstall(Helm.RELEASE, Helm.NAMESPACE).succeeded();
  }

  private record Guard(int exit, String output) {}

  private static Guard guard() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            Checkout.find().file("operator/target/operator.jar").toString(),
            "--guard-uninstall");
    Path kubeconfig = testbed.cluster().kubeconfigFor(Helm.NAMESPACE, "highlyavailableapp");
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Guard(process.waitFor(), output);
  }

  @Test
  void answersHelmTest() {
    install();
    assertThat(helm.test(Helm.RELEASE, Helm.NAMESPACE).succeeded()).contains("Succeeded");
  }

  @Test
  void grantsTheOperatorItsRulesEverywhereAndNothingElse() {
    install();
    Rights rights = new Rights(client, Helm.NAMESPACE, "highlyavailableapp");
    assertThat(rights.granted("")).isEqualTo(Rights.of("rules.yaml"));
    assertThat(rights.granted("shop")).isEqualTo(Rights.of("rules.yaml"));
    Set<String> athome = new TreeSet<>(Rights.of("rules.yaml"));
    athome.addAll(Rights.of("leader-rules.yaml"));
    assertThat(rights.granted(Helm.NAMESPACE)).isEqualTo(athome);
  }

  @Test
  void grantsTheOperatorNothingOutsideTheNamespacesItWatches() {
    install("--set", "watchNamespaces={shop}");
    Rights rights = new Rights(client, Helm.NAMESPACE, "highlyavailableapp");
    assertThat(rights.granted("")).isEmpty();
    assertThat(rights.granted("blog")).isEmpty();
    assertThat(rights.granted("shop")).isEqualTo(Rights.of("rules.yaml"));
    assertThat(rights.granted(Helm.NAMESPACE)).isEqualTo(Rights.of("leader-rules.yaml"));
    assertThat(rights.may("get", "namespaces", "shop", "shop")).isTrue();
    assertThat(rights.may("get", "namespaces", "blog", "blog")).isFalse();
    assertThat(rights.may("get", "namespaces", "kube-system", "kube-system")).isTrue();
    assertThat(rights.may("get", "secrets", "kube-system", "")).isFalse();
  }

  @Test
  void letsTwoReleasesShareACluster() {
    install("--set", "watchNamespaces={shop}");
    helm.upgrade("second", "blog", "--set", VALUES + ",crd.install=false,watchNamespaces={blog}")
        .succeeded();
    assertThat(
            client
                .apps()
                .deployments()
                .inNamespace("blog")
                .withName("second-highlyavailableapp")
                .get())
        .isNotNull();
  }

  @Test
  void addsAppsToTheClustersRolesWhenAsked() {
    install("--set", "rbac.aggregateToDefaultRoles=true");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(verbs("edit")).contains("create", "delete", "get");
              assertThat(verbs("view")).containsExactlyInAnyOrder("get", "list", "watch");
            });
  }

  @Test
  void refusesToDeleteAProtectedAppUntilItsProtectionIsOff() {
    install();
    apply("guarded");
    awaitRefusal(
        resource("guarded"), "spec.deletionProtection of guarded is true; set it to false");
    assertThatThrownBy(() -> client.resource(resource("guarded")).delete())
        .hasMessageContaining("kubectl patch haa guarded -n shop");
    assertThat(app("guarded")).isNotNull();

    apply("guarded", "deletionProtection: false");
    client.resource(resource("guarded")).delete();
    await().atMost(PATIENCE).until(() -> app("guarded") == null);
  }

  @Test
  void refusesToDeleteALabelledNamespaceUntilTheLabelIsGone() {
    install();
    Namespace namespace = create("guarded", NamespaceProtection.LABEL);
    awaitRefusal(namespace, "namespace guarded holds apps whose data is protected");
    assertThatThrownBy(() -> client.resource(namespace).delete())
        .hasMessageContaining("set spec.deletionProtection to false in them first");

    client.namespaces().withName("guarded").edit(ChartInstallIT::unlabelled);
    client.resource(namespace).delete();
    await().atMost(PATIENCE).until(() -> client.namespaces().withName("guarded").get() == null);
  }

  @Test
  void holdsUpNoNamespaceThatIsGoingAlready() {
    install();
    Namespace namespace = create("going", "example.com/any");
    HasMetadata app = resource("kept", "going", "");
    client.resource(app).serverSideApply();
    awaitRefusal(app, "spec.deletionProtection of kept is true");
    client.resource(namespace).delete();
    await().atMost(PATIENCE).until(() -> client.namespaces().withName("going").get() == null);
  }

  @Test
  void guardsOnlyTheNamespacesThatTheReleaseWatches() {
    install("--set", "watchNamespaces={shop}");
    apply("watched");
    awaitRefusal(resource("watched"), "spec.deletionProtection of watched is true");
    HasMetadata other = resource("unwatched", "blog", "");
    client.resource(other).serverSideApply();
    client.resource(other).delete();
    apply("watched", "deletionProtection: false");
    client.resource(resource("watched")).delete();
  }

  @Test
  void letsTheOperatorChangeNothingOfANamespaceButItsOneLabel() {
    install();
    Namespace namespace = create("labelled", "example.com/any");
    Config operator =
        new ConfigBuilder(client.getConfiguration())
            .withImpersonateUsername(
                "system:serviceaccount:" + Helm.NAMESPACE + ":highlyavailableapp")
            .build();
    try (KubernetesClient limited = new KubernetesClientBuilder().withConfig(operator).build()) {
      awaitRefusal(
          () -> label(limited, namespace, "example.com/tier", String.valueOf(System.nanoTime())),
          "the operator changes no label of a namespace but highlyavailable.io/protected"
              + " and elbv2.k8s.aws/pod-readiness-gate-inject");
      label(limited, namespace, NamespaceProtection.LABEL, "true");
    }
    client.namespaces().withName("labelled").edit(ChartInstallIT::unlabelled);
    client.resource(namespace).delete();
  }

  private static void label(KubernetesClient as, Namespace namespace, String label, String value) {
    as.namespaces()
        .withName(namespace.getMetadata().getName())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"labels\": {\"%s\": \"%s\"}}}".formatted(label, value));
  }

  private static Namespace unlabelled(Namespace namespace) {
    namespace.getMetadata().getLabels().remove(NamespaceProtection.LABEL);
    return namespace;
  }

  /** Policies take effect a little after they are there; until then nothing is really deleted. */
  private static void awaitRefusal(HasMetadata object, String message) {
    awaitRefusal(() -> client.resource(object).dryRun().delete(), message);
  }

  private static void awaitRefusal(ThrowingCallable attempt, String message) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThatThrownBy(attempt).hasMessageContaining(message));
  }

  private static Namespace create(String name, String label) {
    return client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(label, "true")
                .endMetadata()
                .build())
        .create();
  }

  private static Set<String> verbs(String clusterRole) {
    Set<String> verbs = new TreeSet<>();
    client.rbac().clusterRoles().withName(clusterRole).get().getRules().stream()
        .filter(rule -> rule.getResources().contains("highlyavailableapps"))
        .forEach(rule -> verbs.addAll(rule.getVerbs()));
    return verbs;
  }

  private static void install(String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "--set";
    all[1] = VALUES;
    System.arraycopy(options, 0, all, 2, options.length);
    helm.upgrade(Helm.RELEASE, Helm.NAMESPACE, all).succeeded();
  }

  private static void create(String namespace) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
  }

  /** Whether admission let the pods in; that they run is not to be had without their image. */
  private static boolean admitted(int replicas) {
    var status = deployment().getStatus();
    return status != null && Integer.valueOf(replicas).equals(status.getUpdatedReplicas());
  }

  private static boolean mountsTheRootReadOnly(Pod pod) {
    return pod.getSpec()
        .getContainers()
        .getFirst()
        .getSecurityContext()
        .getReadOnlyRootFilesystem();
  }

  private static java.util.List<Pod> operatorPods() {
    return client
        .pods()
        .inNamespace(Helm.NAMESPACE)
        .withLabel("app.kubernetes.io/instance", Helm.RELEASE)
        .list()
        .getItems();
  }

  private static Deployment deployment() {
    return client
        .apps()
        .deployments()
        .inNamespace(Helm.NAMESPACE)
        .withName("highlyavailableapp")
        .get();
  }

  private static void apply(String name) {
    apply(name, "");
  }

  private static void apply(String name, String field) {
    client.resource(resource(name, "shop", field)).serverSideApply();
  }

  private static HasMetadata resource(String name) {
    return resource(name, "shop", "");
  }

  private static HasMetadata resource(String name, String namespace, String field) {
    return Serialization.unmarshal(
        """
        apiVersion: highlyavailable.io/v1alpha1
        kind: HighlyAvailableApp
        metadata: {name: %s, namespace: %s}
        spec: {image: "registry.example.com/shop:1", %s}
        """
            .formatted(name, namespace, field),
        GenericKubernetesResource.class);
  }

  private static GenericKubernetesResource app(String name) {
    return client
        .genericKubernetesResources("highlyavailable.io/v1alpha1", "HighlyAvailableApp")
        .inNamespace("shop")
        .withName(name)
        .get();
  }
}
