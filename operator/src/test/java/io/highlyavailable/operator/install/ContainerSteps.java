package io.highlyavailable.operator.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.operator.chart.Helm;
import io.highlyavailable.testbed.cluster.ApiServerAudit;
import io.highlyavailable.testbed.container.OperatorImage;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Where pods are containers: the operator's own image runs in them, and so do the chart's test and
 * the guard that uninstalling asks.
 */
abstract class ContainerSteps extends InstallationSteps {

  /** What an image without a registry is called on a node. */
  private static final String LIBRARY = "docker.io/library/";

  /** The only program of the image. */
  private static final String JAVA = "/opt/java/bin/java";

  private OperatorPods pods() {
    return new OperatorPods(client());
  }

  @Override
  void install(String... options) {
    String[] all = new String[options.length + 5];
    all[0] = "--wait";
    all[1] = "--timeout";
    all[2] = PATIENCE.toSeconds() + "s";
    all[3] = "--set";
    all[4] = "image.tag=first";
    System.arraycopy(options, 0, all, 5, options.length);
    site().install(all).succeeded();
  }

  @Override
  String evidence() {
    return pods().evidence();
  }

  @Test
  @Order(10)
  void theNodeTakesTheImage() {
    site().node().load(site().testbed().image().archive());
    for (String tag : List.of("first", "next")) {
      site().node().tag(LIBRARY + OperatorImage.REFERENCE, LIBRARY + "highlyavailableapp:" + tag);
    }
  }

  @Test
  @Order(110)
  void twoReplicasAreReadyAndOneOfThemLeads() {
    eventually(() -> assertThat(pods().ready()).hasSize(2));
    eventually(() -> assertThat(pods().leader()).isNotEmpty());
    String leader = pods().leader();
    assertThat(pods().get(leader, "/metrics")).contains("haapp_leader 1.0");
    assertThat(pods().get(pods().standby(), "/metrics")).contains("haapp_leader 0.0");
  }

  @Test
  @Order(120)
  void podsAreOnTheNodeInALockedNamespaceAndWithinTheirMemory() {
    assertThat(pods().all())
        .allSatisfy(
            pod -> {
              assertThat(pod.getSpec().getNodeName()).isEqualTo(site().node().node());
              assertThat(pod.getStatus().getPodIP()).isNotEmpty();
              assertThat(OperatorPods.container(pod).getRestartCount()).isZero();
              assertThat(memory(pod)).isBetween(50L << 20, limit(pod));
            });
  }

  /** Bytes that the kubelet says the container works with. */
  private long memory(Pod pod) {
    String summary =
        client().raw("/api/v1/nodes/%s/proxy/stats/summary".formatted(pod.getSpec().getNodeName()));
    Summary all = Serialization.unmarshal(summary, Summary.class);
    return all.pods().stream()
        .filter(one -> one.podRef().get("name").equals(pod.getMetadata().getName()))
        .findFirst()
        .orElseThrow()
        .containers()
        .getFirst()
        .memory()
        .workingSetBytes();
  }

  private static long limit(Pod pod) {
    return pod.getSpec()
        .getContainers()
        .getFirst()
        .getResources()
        .getLimits()
        .get("memory")
        .getNumericalAmount()
        .longValueExact();
  }

  /** What the kubelet's summary says, as far as we read it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Summary(List<PodUse> pods) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record PodUse(Map<String, String> podRef, List<Use> containers) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Use(Memory memory) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Memory(long workingSetBytes) {}
  }

  @Test
  @Order(130)
  void thePodsActAsTheirServiceAccount() {
    ApiServerAudit audit = site().testbed().cluster().audit().orElseThrow();
    assertThat(
            audit.since(
                new ApiServerAudit.Mark(0),
                "system:serviceaccount:%s:%s".formatted(Helm.NAMESPACE, Helm.RELEASE)))
        .as("its requests")
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.status()).isNotIn(401, 403));
  }

  @Test
  @Order(140)
  void anAdministratorReadsTheirLogsAndLooksInside() throws Exception {
    String pod = pods().leader();
    assertThat(pod(pod).getLog())
        .contains("HighlyAvailableApp operator", "for cluster " + Site.CLUSTER_ID);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (ExecWatch inside =
        pod(pod).writingOutput(output).writingError(output).exec(JAVA, "--version")) {
      assertThat(inside.exitCode().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as(output::toString)
          .isZero();
    }
  }

  @Test
  @Order(200)
  void theChartsTestRunsInAPodAndPasses() {
    assertThat(site().helm().test(Helm.RELEASE, Helm.NAMESPACE).succeeded()).contains("Succeeded");
    assertThat(startedByAKubelet("-test-ready-")).isPositive();
  }

  /** How many containers of pods whose name has this part a kubelet says it has started. */
  private long startedByAKubelet(String part) {
    return client().v1().events().inNamespace(Helm.NAMESPACE).list().getItems().stream()
        .filter(event -> event.getReason().equals("Started"))
        .filter(event -> event.getInvolvedObject().getName().contains(part))
        .map(Event::getReportingComponent)
        .filter("kubelet"::equals)
        .count();
  }

  @Test
  @Order(400)
  void aLeaderThatIsToldToGoHandsOverAtOnce() {
    String leader = pods().leader();
    List<Lease> seen = new CopyOnWriteArrayList<>();
    try (Watch watch = watchLease(seen)) {
      pod(leader).delete();
      eventually(() -> assertThat(pods().leader()).isNotIn("", leader));
    }
    assertThat(seen)
        .as("it gave the lease back rather than let it run out")
        .anyMatch(lease -> "".equals(lease.getSpec().getHolderIdentity()));
    eventually(() -> assertThat(pods().ready()).hasSize(2));
    awaitPolls(2);
    awaitReady();
  }

  private Watch watchLease(List<Lease> seen) {
    return client()
        .leases()
        .inNamespace(Helm.NAMESPACE)
        .withName(Helm.RELEASE)
        .watch(
            new Watcher<>() {
              @Override
              public void eventReceived(Action action, Lease lease) {
                seen.add(lease);
              }

              @Override
              public void onClose(WatcherException cause) {}
            });
  }

  private PodResource pod(String name) {
    return client().pods().inNamespace(Helm.NAMESPACE).withName(name);
  }

  @Test
  @Order(410)
  void aLeaderWhoseContainerDiesIsReplacedOrComesBack() {
    String leader = pods().leader();
    var before = pods().lease().getSpec().getRenewTime();
    site().node().kill(leader, OperatorPods.CONTAINER);
    eventually(
        () -> assertThat(OperatorPods.container(pod(leader).get()).getRestartCount()).isEqualTo(1));
    eventually(() -> assertThat(pods().ready()).hasSize(2));
    eventually(
        () -> {
          assertThat(pods().leader()).isNotEmpty();
          assertThat(pods().lease().getSpec().getRenewTime()).isAfter(before);
        });
    awaitPolls(2);
    awaitReady();
  }

  @Test
  @Order(420)
  void theDisruptionBudgetLetsOnePodGoAtATime() {
    String standby = pods().standby();
    String other =
        pods().names().stream().filter(name -> !name.equals(standby)).findFirst().orElseThrow();
    // By itself the client asks again for as long as it is told that there are too many requests.
    Config impatient =
        new ConfigBuilder(client().getConfiguration()).withRequestRetryBackoffLimit(0).build();
    try (KubernetesClient once = new KubernetesClientBuilder().withConfig(impatient).build()) {
      var all = once.pods().inNamespace(Helm.NAMESPACE);
      assertThat(all.withName(standby).evict()).as("the first").isTrue();
      assertThat(all.withName(other).evict()).as("the second, while one is missing").isFalse();
    }
    eventually(() -> assertThat(pods().ready()).hasSize(2).doesNotContain(standby).contains(other));
  }

  @Override
  void upgrade() {
    List<String> before = pods().names();
    super.upgrade();
    eventually(() -> assertThat(pods().ready()).hasSize(2).doesNotContainAnyElementsOf(before));
    assertThat(pods().all())
        .extracting(pod -> pod.getSpec().getContainers().getFirst().getImage())
        .containsOnly("highlyavailableapp:next");
    eventually(() -> assertThat(pods().leader()).isNotEmpty());
  }

  @Test
  @Order(600)
  void theGuardRefusesToUninstallWhileThereIsAnApp() {
    Helm.Result refused = site().helm().uninstall(Helm.RELEASE, Helm.NAMESPACE);
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.output() + refused.errors())
        .contains("%s/%s".formatted(Site.APPS, APP), "helm uninstall --no-hooks");
    assertThat(startedByAKubelet("-uninstall-guard-")).isPositive();
    assertThat(pods().ready()).hasSize(2);
  }
}
