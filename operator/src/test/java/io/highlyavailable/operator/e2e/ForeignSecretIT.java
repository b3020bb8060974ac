package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.api.Test;

@WithRig
class ForeignSecretIT {
  private static final String MASTER = "shop-database-master";

  @Test
  void aSecretOfSomebodyElseStopsItsDatabaseOnlyAndIsSaid(Rig rig, Stage stage) {
    stage.operator();
    var secrets = rig.client().secrets().inNamespace(stage.namespace());
    var foreign = new SecretBuilder().withNewMetadata().withName(MASTER).endMetadata().build();
    secrets.resource(foreign).create();

    AppRig app = stage.quickstart();

    app.eventually(
        () ->
            assertThat(app.message("workload"))
                .contains("Secret " + MASTER + " exists and is not this app's"));
    app.eventually(() -> assertThat(app.component("storage").ready()).isTrue());
    assertThat(app.aws().database()).isEmpty();

    secrets.withName(MASTER).delete();
    app.awaitReady();
  }
}
