package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** Copies of the database to read from. */
@WithRig
class ReadReplicasIT {
  private static final String MANIFEST =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1.4.2
        database: {rds: {engine: postgres, readReplicas: 2, monitoringIntervalSeconds: 60}}
        monitoring: {cloudWatch: {}}
        deletionProtection: false
        deletionPolicy: Delete
      """;

  @Test
  void replicasAreReadComeAndGoAndLeaveBeforeTheirSource(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.apply(MANIFEST).awaitReady();
    String name = app.aws().resource();

    app.eventually(
        () ->
            assertThat(app.secret("database").get("reader-host").split(","))
                .hasSize(2)
                .allMatch(host -> host.startsWith(name + "-r")));
    app.awaitReady();
    assertThat(replicas(rig, name)).containsExactlyInAnyOrder(name + "-r1", name + "-r2");
    assertThat(app.aws().alarms())
        .containsKeys("database-replica-lag-r1", "database-replica-lag-r2");
    assertThat(monitored(rig, name))
        .as("the database and its replicas are monitored with the role for that")
        .hasSize(3)
        .allMatch(monitoring -> monitoring.matches("60 arn:.*/" + name + "-monitoring"));
    long rollouts = app.the(Deployment.class).getMetadata().getGeneration();

    rig.emulator().forceReplication(name + "-r1", "error", "could not connect");
    app.eventually(
        () -> assertThat(app.message("database-replicas")).contains("could not connect"));
    rig.emulator().forceReplication(name + "-r1", "replicating", "");
    app.awaitReady();
    assertThat(app.the(Deployment.class).getMetadata().getGeneration()).isEqualTo(rollouts);

    app.patch("spec: {database: {rds: {readReplicas: 1}}}");
    app.eventually(() -> assertThat(replicas(rig, name)).containsExactly(name + "-r1"));
    app.eventually(
        () ->
            assertThat(app.secret("database").get("reader-host"))
                .startsWith(name + "-r1.")
                .doesNotContain(","));
    app.awaitReady();

    app.delete();
    app.awaitGone();
    assertThat(app.aws().database()).isEmpty();
    assertThat(replicas(rig, name)).isEmpty();
  }

  private static List<String> monitored(Rig rig, String name) {
    return rig.aws().rds().describeDBInstances().dbInstances().stream()
        .filter(instance -> instance.dbInstanceIdentifier().startsWith(name))
        .map(instance -> instance.monitoringInterval() + " " + instance.monitoringRoleArn())
        .toList();
  }

  private static Set<String> replicas(Rig rig, String name) {
    return rig.aws().rds().describeDBInstances().dbInstances().stream()
        .map(DBInstance::dbInstanceIdentifier)
        .filter(instance -> instance.startsWith(name + "-r"))
        .collect(Collectors.toSet());
  }
}
