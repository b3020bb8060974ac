package io.highlyavailable.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.testbed.argocd.ArgoCd;
import io.highlyavailable.testbed.argocd.GitServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;

/** One Application of Argo CD: how a person at its screen sees it. */
final class Delivery {
  /** A sync of the chart takes some seconds; a busy machine and Argo CD's backoff take the rest. */
  static final Duration PATIENCE = Duration.ofSeconds(180);

  static final ResourceDefinitionContext APPLICATIONS =
      new ResourceDefinitionContext.Builder()
          .withGroup("argoproj.io")
          .withVersion("v1alpha1")
          .withKind("Application")
          .withPlural("applications")
          .withNamespaced(true)
          .build();

  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  private final KubernetesClient client;
  private final ArgoCd argo;
  private final GitServer git;
  private final String name;

  private Delivery(KubernetesClient client, ArgoCd argo, GitServer git, String name) {
    this.client = client;
    this.argo = argo;
    this.git = git;
    this.name = name;
  }

  /** Creates an Application, or looks at one that is there already. */
  static Delivery of(KubernetesClient client, ArgoCd argo, GitServer git, ObjectNode application) {
    client
        .resource(Serialization.unmarshal(application.toString(), GenericKubernetesResource.class))
        .forceConflicts()
        .serverSideApply();
    return new Delivery(client, argo, git, application.at("/metadata/name").asText());
  }

  String name() {
    return name;
  }

  private Resource<GenericKubernetesResource> resource() {
    return client
        .genericKubernetesResources(APPLICATIONS)
        .inNamespace(ArgoCd.NAMESPACE)
        .withName(name);
  }

  boolean exists() {
    return resource().get() != null;
  }

  JsonNode get() {
    GenericKubernetesResource application = resource().get();
    assertThat(application).as("Application %s", name).isNotNull();
    return Serialization.unmarshal(Serialization.asJson(application), JsonNode.class);
  }

  JsonNode status() {
    return get().path("status");
  }

  /** Synced or OutOfSync. */
  String sync() {
    return status().at("/sync/status").asText();
  }

  /** Healthy, Progressing, Degraded, Suspended, Missing. */
  String health() {
    return status().at("/health/status").asText();
  }

  /** What is said of the one resource of a kind. */
  JsonNode resource(String kind) {
    return status()
        .path("resources")
        .valueStream()
        .filter(resource -> resource.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " in " + name));
  }

  /** The commits that it was synced to, the oldest first, and what began each sync. */
  List<String> history() {
    return status()
        .path("history")
        .valueStream()
        .map(entry -> entry.path("id").asText() + " " + entry.path("revision").asText())
        .toList();
  }

  /** When the last sync began, also one that failed. */
  String lastSync() {
    return status().at("/operationState/startedAt").asText();
  }

  /** Reads Git and cluster anew, all caches aside, and waits until it has compared them. */
  void refresh() {
    String before = status().path("reconciledAt").asText();
    // Its times are in whole seconds.
    await().atMost(PATIENCE).until(() -> !now().equals(before));
    patch("metadata: {annotations: {argocd.argoproj.io/refresh: hard}}");
    eventually(
        () -> {
          assertThat(get().at("/metadata/annotations").has("argocd.argoproj.io/refresh")).isFalse();
          assertThat(status().path("reconciledAt").asText()).isNotEqualTo(before);
        });
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  void patch(String yaml) {
    resource().patch(MERGE, Serialization.asJson(Serialization.unmarshal(yaml, Object.class)));
  }

  /** Has it compare by another way, and apply so as well. */
  void compare(boolean serverSideDiff, boolean serverSideApply) {
    patch(
        "metadata: {annotations: {argocd.argoproj.io/compare-options: ServerSideDiff=%s}}"
            .formatted(serverSideDiff));
    List<String> options =
        get().at("/spec/syncPolicy/syncOptions").valueStream().map(JsonNode::asText).toList();
    patch(
        "spec: {syncPolicy: {syncOptions: %s}}"
            .formatted(
                options.stream()
                    .map(
                        option ->
                            option.startsWith("ServerSideApply=")
                                ? "ServerSideApply=" + serverSideApply
                                : option)
                    .toList()));
  }

  /** Confirms, as the button at its screen does, what waits for somebody to confirm it. */
  void approveDeletion(Instant at) {
    patch("metadata: {annotations: {argocd.argoproj.io/deletion-approved: \"%s\"}}".formatted(at));
  }

  /** Waits until what Git has now was applied and found to be there. */
  Delivery awaitSynced() {
    String newest = git.head();
    refresh();
    eventually(
        () -> {
          assertThat(status().at("/sync/revision").asText()).isEqualTo(newest);
          assertThat(sync()).isEqualTo("Synced");
          assertThat(status().at("/operationState/phase").asText()).isEqualTo("Succeeded");
        });
    return this;
  }

  Delivery awaitHealth(String health) {
    eventually(() -> assertThat(health()).isEqualTo(health));
    return this;
  }

  /**
   * Fails when comparing again, several times and with everything read anew, finds a difference or
   * has begun another sync.
   */
  void assertQuiet() {
    List<String> history = history();
    String lastSync = lastSync();
    for (int i = 0; i < 3; i++) {
      refresh();
      assertThat(sync()).as(() -> evidence()).isEqualTo("Synced");
    }
    assertThat(history()).isEqualTo(history);
    assertThat(lastSync()).isEqualTo(lastSync);
    ArgoCd.Answer diff = diff();
    assertThat(diff.exit()).as(diff.output()).isZero();
  }

  private ArgoCd.Answer diff() {
    return argo.argocd("app", "diff", name, "--hard-refresh");
  }

  /** Waits for an assertion to hold; a failure shows what Argo CD says of the Application. */
  void eventually(ThrowingRunnable assertion) {
    try {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .failFast(argo::check)
          .ignoreExceptionsMatching(e -> e instanceof RuntimeException)
          .untilAsserted(assertion);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "\n" + evidence(), e);
    }
  }

  private String evidence() {
    return exists()
        ? Serialization.asYaml(status()) + "\n" + diff().output()
        : "there is no Application " + name;
  }
}
