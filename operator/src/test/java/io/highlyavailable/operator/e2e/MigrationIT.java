package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.highlyavailable.api.v1alpha1.ComponentStatus;
import io.highlyavailable.operator.kubernetes.AppMetadata;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A migration runs before its image, and stops it when it fails. */
@WithRig
class MigrationIT {
  private static final String APP =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1
        replicas: 2
        env: [{name: LOG_LEVEL, value: info}]
        migration: {command: [./migrate], args: [--to, latest]}
      """;

  /** No node has the label: what is to run there waits for the test. */
  private static final String SECOND_NOWHERE =
      """
      spec:
        image: ghcr.io/acme/shop:2
        podTemplate: {spec: {nodeSelector: {example.com/nowhere: "true"}}}
      """;

  @Test
  void runsOnceAnImageBeforeItsPods(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.apply(APP).awaitReady();

    Job first = onlyJob(rig, app);
    assertThat(first.getStatus().getSucceeded()).isEqualTo(1);
    assertThat(first.getMetadata().getCreationTimestamp())
        .isLessThanOrEqualTo(app.the(Deployment.class).getMetadata().getCreationTimestamp());
    assertThat(app.component("migration").ready()).isTrue();
    assertThat(app.component("migration").state()).isEqualTo("succeeded");
    var container = first.getSpec().getTemplate().getSpec().getContainers().getFirst();
    assertThat(container.getImage()).isEqualTo("ghcr.io/acme/shop:1");
    assertThat(container.getCommand()).containsExactly("./migrate");
    assertThat(container.getArgs()).containsExactly("--to", "latest");

    app.patch("spec: {env: [{name: LOG_LEVEL, value: debug}]}");
    app.awaitReady();
    assertThat(onlyJob(rig, app).getMetadata().getUid()).isEqualTo(first.getMetadata().getUid());

    app.patch("spec: {image: \"ghcr.io/acme/shop:2\"}");
    app.awaitReady();
    Job second = onlyJob(rig, app);
    assertThat(second.getMetadata().getUid()).isNotEqualTo(first.getMetadata().getUid());
    assertThat(second.getStatus().getSucceeded()).isEqualTo(1);
    assertThat(image(app)).isEqualTo("ghcr.io/acme/shop:2");

    rig.client().resource(second).delete();
    app.patch("spec: {image: \"ghcr.io/acme/shop:1\"}");
    app.eventually(() -> assertThat(image(app)).isEqualTo("ghcr.io/acme/shop:1"));
    app.awaitReady();
    assertThat(jobs(rig, app)).as("both images were migrated before").isEmpty();
  }

  @Test
  void aFailedOneStopsTheRolloutAndTheOldVersionServesOn(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.apply(APP).awaitReady();

    app.patch(SECOND_NOWHERE);
    app.eventually(
        () ->
            assertThat(app.component("migration").message())
                .isEqualTo("the migration is being started: no node can take its pod"));
    assertThat(app.component("workload").ready()).isTrue();
    fail(rig, app, 2);

    app.eventually(
        () ->
            assertThat(app.component("migration").message())
                .isEqualTo("MigrationFailed: exit code 3: column price exists"));
    ComponentStatus migration = app.component("migration");
    assertThat(migration.ready()).isFalse();
    assertThat(migration.nextStep()).contains("kubectl logs");
    assertThat(app.condition("WorkloadReady").reason()).isEqualTo("MigrationFailed");
    assertThat(image(app)).isEqualTo("ghcr.io/acme/shop:1");
    assertThat(app.the(Deployment.class).getStatus().getReadyReplicas()).isEqualTo(2);

    app.scale(3);
    app.eventually(
        () -> assertThat(app.the(Deployment.class).getStatus().getReadyReplicas()).isEqualTo(3));
    assertThat(image(app)).isEqualTo("ghcr.io/acme/shop:1");

    app.patch("spec: {image: \"ghcr.io/acme/shop:3\", podTemplate: null}");
    app.awaitReady();
    assertThat(image(app)).isEqualTo("ghcr.io/acme/shop:3");
    assertThat(onlyJob(rig, app).getStatus().getSucceeded()).isEqualTo(1);
  }

  @Test
  void theFirstOneRunsBeforeTheFirstPods(Rig rig, Stage stage) {
    stage.operator();
    AppRig app =
        stage.apply(APP.replace("env: [", "podTemplate: {spec: {nodeSelector: {a: b}}}\n  env: ["));

    app.eventually(() -> assertThat(jobs(rig, app)).hasSize(1));
    app.eventually(
        () ->
            assertThat(app.component("workload").message()).isEqualTo("waiting for the migration"));
    assertThat(app.find(Deployment.class)).isEmpty();

    app.patch("spec: {podTemplate: null}");
    app.awaitReady();
    assertThat(onlyJob(rig, app).getStatus().getSucceeded()).isEqualTo(1);
  }

  /**
   * Ends pods of the Job as a kubelet does whose container exits with 3, as often as it is tried.
   */
  private static void fail(Rig rig, AppRig app, int times) {
    for (int i = 0; i < times; i++) {
      app.eventually(() -> assertThat(pending(rig, app)).hasSize(1));
      Pod pod = pending(rig, app).getFirst();
      rig.client()
          .resource(pod)
          .editStatus(
              it ->
                  it.edit()
                      .editOrNewStatus()
                      .withPhase("Failed")
                      .withContainerStatuses(
                          new ContainerStatusBuilder()
                              .withName("app")
                              .withImage("x")
                              .withImageID("")
                              .withReady(false)
                              .withRestartCount(0)
                              .withNewState()
                              .withNewTerminated()
                              .withExitCode(3)
                              .withMessage("column price exists")
                              .endTerminated()
                              .endState()
                              .build())
                      .endStatus()
                      .build());
    }
  }

  private static List<Pod> pending(Rig rig, AppRig app) {
    return rig
        .client()
        .pods()
        .inNamespace(app.namespace())
        .withLabel(AppMetadata.JOB, "migration")
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getStatus().getPhase().equals("Pending"))
        .toList();
  }

  private static String image(AppRig app) {
    return app.the(Deployment.class)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getImage();
  }

  private static Job onlyJob(Rig rig, AppRig app) {
    app.eventually(() -> assertThat(jobs(rig, app)).hasSize(1));
    return jobs(rig, app).getFirst();
  }

  private static List<Job> jobs(Rig rig, AppRig app) {
    return rig.client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(app.namespace())
        .withLabel(AppMetadata.JOB, "migration")
        .list()
        .getItems();
  }
}
