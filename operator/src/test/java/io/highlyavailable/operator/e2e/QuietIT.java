package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.highlyavailable.testbed.cluster.ApiServerAudit;
import org.junit.jupiter.api.Test;

/** When all is as it should be, nothing is written. */
@WithRig
class QuietIT {
  private static final int POLLS = 10;

  @Test
  void nothingIsWrittenOnceReadyNotEvenAfterARestart(Rig rig, Stage stage) {
    var operator = stage.operator(stage.ownSettings().with("HAAPP_POLL_SLOW", "600ms"));
    AppRig app = stage.quickstart().awaitReady();
    app.eventually(() -> assertThat(app.events("Ready")).isNotEmpty());
    awaitAutoscalersVerdict(app);

    assertQuiet(rig);
    long mark = rig.emulator().calls().mark();
    operator.restart();
    Await.polls(rig, 2);
    assertQuiet(rig);
    assertThat(rig.emulator().calls().by(Rig.OPERATOR).mutations(mark)).isEmpty();
    app.assertReady();
  }

  /** The autoscaler learns by and by that there are no metrics here, and the status says so. */
  private static void awaitAutoscalersVerdict(AppRig app) {
    app.eventually(
        () -> {
          var conditions = app.the(HorizontalPodAutoscaler.class).getStatus().getConditions();
          assertThat(conditions).anyMatch(condition -> condition.getType().equals("ScalingActive"));
          boolean scales =
              conditions.stream()
                  .filter(condition -> condition.getType().equals("ScalingActive"))
                  .allMatch(condition -> condition.getStatus().equals("True"));
          assertThat(app.message("workload").isEmpty()).isEqualTo(scales);
        });
  }

  private static void assertQuiet(Rig rig) {
    ApiServerAudit.Mark mark = rig.audit().mark();
    long calls = rig.emulator().calls().mark();
    Await.polls(rig, POLLS);
    assertThat(rig.emulator().calls().by(Rig.OPERATOR).mutations(calls)).isEmpty();
    assertThat(rig.audit().since(mark, rig.operatorUser())).isEmpty();
  }
}
