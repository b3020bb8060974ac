package io.highlyavailable.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.cli.Manifests.AppKey;
import io.highlyavailable.testbed.junit.TestNamespace;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.operator.OperatorInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays the operator: writes the status that the command follows. */
@WithTestbed
class AppWatchTest {
  private static final Duration SHORT = Duration.ofMillis(1500);

  private final Board board = new Board(Clock.systemUTC());
  private AppKey app = new AppKey("", "");

  @BeforeEach
  void applyAnApp(KubernetesClient client, TestNamespace namespace, @TempDir Path directory)
      throws Exception {
    new OperatorInstallation(client, Checkout.find()).applyCustomResourceDefinition();
    Path manifest = directory.resolve("app.yaml");
    Files.writeString(
        manifest,
        """
        apiVersion: highlyavailable.io/v1alpha1
        kind: HighlyAvailableApp
        metadata: {name: shop, namespace: %s}
        spec: {image: example.com/shop:1}
        """
            .formatted(namespace.name()));
    List<AppKey> applied = new Manifests(List.of(manifest)).apply(client);
    assertThat(applied).containsExactly(new AppKey(namespace.name(), "shop"));
    app = applied.getFirst();
  }

  @Test
  void endsWhenTheAppIsReadyAndShowsEachComponent(KubernetesClient client) {
    report(
        client,
        """
        observedGeneration: 1
        phase: Ready
        url: https://shop.example.com
        conditions: [{type: Ready, status: "True", reason: AllComponentsReady, message: "",
          lastTransitionTime: "2026-11-23T10:00:00Z"}]
        components: [{name: workload, kind: Deployment, ownership: Created, state: 3/3, ready: true}]
        """);

    List<AppView> ready = watch(client).untilReady(List.of(app), SHORT);

    assertThat(ready).extracting(AppView::url).containsExactly("https://shop.example.com");
    assertThat(board.rows())
        .extracting(row -> row.name().replace(app.namespace() + "/", ""), Row::state)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("shop", "Ready"),
            org.assertj.core.api.Assertions.tuple("shop workload (Deployment)", "3/3"));
  }

  @Test
  void failsWithReasonAndNextStepWhenTheAppIsStalled(KubernetesClient client) {
    report(
        client,
        """
        observedGeneration: 1
        phase: Stalled
        conditions: [{type: Stalled, status: "True", reason: AccessDenied, message: "RDS said no",
          lastTransitionTime: "2026-11-23T10:00:00Z"}]
        components: [{name: database, kind: rds, ownership: Created, state: failed, ready: false,
          message: "not authorized", nextStep: "Grant rds:CreateDBInstance."}]
        """);

    assertThatThrownBy(() -> watch(client).untilReady(List.of(app), SHORT))
        .isInstanceOf(LocalFailure.class)
        .hasMessage(
            """
            shop cannot go on: AccessDenied: RDS said no
              database failed: not authorized
                next step: Grant rds:CreateDBInstance.""");
  }

  @Test
  void hasPatienceWithAnAppThatIsStalledForAMoment(KubernetesClient client) {
    report(
        client,
        """
        observedGeneration: 1
        phase: Stalled
        conditions: [{type: Stalled, status: "True", reason: Failed, message: "a hiccup",
          lastTransitionTime: "2026-11-23T10:00:00Z"}]
        """);
    AppWatch patient = new AppWatch(client, board, Optional::empty, Duration.ofMinutes(1));

    assertThatThrownBy(() -> patient.untilReady(List.of(app), SHORT))
        .hasMessageStartingWith("Not ready after 1s.");
  }

  @Test
  void doesNotBelieveAStatusOfAnOlderSpec(KubernetesClient client) {
    report(
        client,
        """
        observedGeneration: 0
        phase: Ready
        conditions: [{type: Ready, status: "True", reason: AllComponentsReady, message: "",
          lastTransitionTime: "2026-11-23T10:00:00Z"}]
        """);

    assertThatThrownBy(() -> watch(client).untilReady(List.of(app), SHORT))
        .hasMessageStartingWith("Not ready after 1s.\nshop is waiting");
  }

  @Test
  void failsWithTheOperatorsLastWordsWhenItHasEnded(KubernetesClient client) {
    AppWatch watch =
        new AppWatch(
            client, board, () -> Optional.of("HAAPP_CLUSTER_ID is missing"), Duration.ZERO);

    assertThatThrownBy(() -> watch.untilReady(List.of(app), SHORT))
        .hasMessageContaining("The operator has ended")
        .hasMessageContaining("HAAPP_CLUSTER_ID is missing");
  }

  @Test
  void saysWhatTheApiServerSaysToARefusedManifest(KubernetesClient client, @TempDir Path directory)
      throws Exception {
    Path manifest = directory.resolve("bad.yaml");
    Files.writeString(
        manifest,
        """
        apiVersion: highlyavailable.io/v1alpha1
        kind: HighlyAvailableApp
        metadata: {name: bad}
        spec: {image: example.com/shop:1, port: 99999}
        """);

    assertThatThrownBy(() -> new Manifests(List.of(manifest)).apply(client))
        .isInstanceOf(LocalFailure.class)
        .hasMessageContaining("HighlyAvailableApp bad in " + manifest + " is refused")
        .hasMessageContaining("spec.port");
  }

  private AppWatch watch(KubernetesClient client) {
    return new AppWatch(client, board, Optional::empty, Duration.ZERO);
  }

  private void report(KubernetesClient client, String status) {
    client
        .genericKubernetesResources("highlyavailable.io/v1alpha1", "HighlyAvailableApp")
        .inNamespace(app.namespace())
        .withName(app.name())
        .editStatus(
            resource -> {
              GenericKubernetesResource changed = new GenericKubernetesResource();
              changed.setApiVersion(resource.getApiVersion());
              changed.setKind(resource.getKind());
              changed.setMetadata(resource.getMetadata());
              changed.setAdditionalProperties(resource.getAdditionalProperties());
              changed.setAdditionalProperty(
                  "status", Serialization.unmarshal(status, java.util.Map.class));
              return changed;
            });
  }
}
