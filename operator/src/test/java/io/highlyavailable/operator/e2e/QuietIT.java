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
    AppRig app = stage.quickstart();
    // An autoscaler would find out by and by that there are no metrics here: that is news.
    app.patch("spec: {replicas: 3}");
    app.awaitReady();
    app.eventually(() -> assertThat(app.events("Ready")).isNotEmpty());
    app.eventually(() -> assertThat(app.find(HorizontalPodAutoscaler.class)).isEmpty());
    Await.polls(rig, 2);

    assertQuiet(rig);
    long calls = rig.emulator().calls().mark();
    ApiServerAudit.Mark mark = rig.audit().mark();
    operator.restart();
    Await.polls(rig, POLLS);
    assertQuiet(rig, calls, mark);
    app.assertReady();
  }

  private static void assertQuiet(Rig rig) {
    ApiServerAudit.Mark mark = rig.audit().mark();
    long calls = rig.emulator().calls().mark();
    Await.polls(rig, POLLS);
    assertQuiet(rig, calls, mark);
  }

  private static void assertQuiet(Rig rig, long calls, ApiServerAudit.Mark mark) {
    assertThat(rig.emulator().calls().by(Rig.OPERATOR).mutations(calls)).isEmpty();
    assertThat(rig.audit().since(mark, rig.operatorUser())).isEmpty();
  }
}
