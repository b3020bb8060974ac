package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.testbed.operator.OperatorProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** A new image that turns an alarm on does not stay. */
@WithRig
class RollbackIT {
  private static final String APP =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1
        replicas: 2
        ingress: {host: shop.example.com}
        monitoring: {cloudWatch: {}}
      """;

  private final Rig rig;

  RollbackIT(Rig rig) {
    this.rig = rig;
  }

  @Test
  void theImageOfBeforeRunsAgainWhenAnAlarmGoesOffWhileTheNewOneIsWatched(Stage stage) {
    OperatorProcess operator = stage.operator();
    AppRig app = stage.apply(APP).awaitReady();
    assertThat(app.status().rollout().previousImage()).isEqualTo("ghcr.io/acme/shop:1");
    app.eventually(() -> assertThat(app.aws().alarms()).containsKey("target-5xx"));

    app.patch("spec: {image: \"ghcr.io/acme/shop:2\"}");
    app.eventually(() -> assertThat(app.status().rollout().servingSince()).isNotNull());
    assertThat(image(app)).isEqualTo("ghcr.io/acme/shop:2");
    assertThat(app.component("rollout").state()).isEqualTo("watched");
    app.assertReady();

    set(app, StateValue.ALARM);
    app.eventually(() -> assertThat(app.status().rollout().rolledBackFor()).isNotNull());
    operator.kill();
    operator.start();
    operator.awaitReady(Duration.ofSeconds(60));
    app.eventually(() -> assertThat(image(app)).isEqualTo("ghcr.io/acme/shop:1"));
    app.eventually(
        () ->
            assertThat(app.condition("Ready"))
                .satisfies(it -> assertThat(it.status()).isEqualTo(ConditionStatus.FALSE))
                .satisfies(it -> assertThat(it.reason()).isEqualTo("RolledBack"))
                .satisfies(it -> assertThat(it.message()).contains("target-5xx", "shop:1")));
    assertThat(app.status().rollout().rolledBackFor()).endsWith("-target-5xx");
    assertThat(app.events("RolledBack")).hasSize(1);
    assertThat(app.get().getSpec().image()).isEqualTo("ghcr.io/acme/shop:2");

    set(app, StateValue.OK);
    app.patch("spec: {image: \"ghcr.io/acme/shop:3\"}");
    app.awaitReady();
    assertThat(image(app)).isEqualTo("ghcr.io/acme/shop:3");
    assertThat(app.status().rollout().previousImage()).isEqualTo("ghcr.io/acme/shop:1");
  }

  private void set(AppRig app, StateValue state) {
    String alarm = app.aws().resource() + "-target-5xx";
    rig.aws()
        .cloudWatch()
        .setAlarmState(it -> it.alarmName(alarm).stateValue(state).stateReason("by the test"));
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
}
