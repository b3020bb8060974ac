package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.highlyavailable.testbed.aws.Call;
import io.highlyavailable.testbed.operator.OperatorProcess;
import io.highlyavailable.testbed.operator.OperatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of the operator, as the chart runs them. */
@WithRig
class LeaderIT {
  private static final Duration START = Duration.ofSeconds(60);

  /** A lease lasts 15 s, and is asked for again every 2 s. */
  private static final Duration TAKEOVER = Duration.ofSeconds(60);

  @Test
  void standbyIsReadyButCallsNobodyUntilTheLeaderIsLost(Rig rig, Stage stage, @TempDir Path logs) {
    OperatorSettings settings = stage.ownSettings().with("HAAPP_LEADER_ELECTION", "true");
    OperatorProcess leader = stage.operator(settings);
    stage.quickstart().awaitReady();
    try (OperatorProcess standby =
        OperatorProcess.start(rig.cluster(), settings.with("AWS_ACCESS_KEY_ID", "standby"), logs)) {
      standby.awaitReady(START);
      assertThat(standby(rig)).allMatch("GetCallerIdentity"::equals);
      assertThat(leader.metrics()).contains("haapp_leader 1.0", "haapp_app_phase{");
      assertThat(standby.metrics()).contains("haapp_leader 0.0").doesNotContain("haapp_app_phase{");

      leader.kill();
      AppRig second =
          stage.apply(
              """
              apiVersion: highlyavailable.io/v1alpha1
              kind: HighlyAvailableApp
              metadata: {name: second}
              spec: {image: "example.com/app:1", storage: {s3: {}}}
              """);
      await().atMost(TAKEOVER).ignoreExceptions().untilAsserted(second::assertReady);
      assertThat(standby(rig)).contains("CreateBucket");
      assertThat(standby.metrics()).contains("haapp_leader 1.0", "haapp_app_phase{");
    }
  }

  /** Else nobody would lead for as long as a lease lasts, in every upgrade. */
  @Test
  void leaderThatIsStoppedGivesTheLeaseBack(Rig rig, Stage stage) {
    OperatorSettings settings = stage.ownSettings().with("HAAPP_LEADER_ELECTION", "true");
    OperatorProcess leader = stage.operator(settings);
    await().atMost(START).until(() -> !holder(rig, settings).isEmpty());
    leader.stop();
    assertThat(holder(rig, settings)).isEmpty();
  }

  private static String holder(Rig rig, OperatorSettings settings) {
    Lease lease =
        rig.client()
            .leases()
            .inNamespace(settings.namespace())
            .withName("highlyavailableapp")
            .get();
    String holder = lease == null ? null : lease.getSpec().getHolderIdentity();
    return holder == null ? "" : holder;
  }

  private static List<String> standby(Rig rig) {
    return rig.emulator().calls().by("standby").since(0).stream().map(Call::operation).toList();
  }
}
