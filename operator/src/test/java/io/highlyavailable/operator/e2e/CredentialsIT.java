package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.kubernetes.AppMetadata;
import io.highlyavailable.testbed.cluster.ApiServerAudit;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pods log in to the database as users of the app's own, which alternate. */
@WithRig
class CredentialsIT {

  @Test
  void podsGetAUserOfTheirOwnAndNewCredentialsRollThemOnce(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();

    Map<String, String> first = app.secret("database");
    String master = app.secret("database-master").get("password");
    assertThat(first).containsEntry("username", "app_a");
    assertThat(first.get("password"))
        .isEqualTo(app.secret("database-user-a").get("password"))
        .isNotEqualTo(master);
    assertThat(app.component("database-users").ready()).isTrue();
    assertThat(app.component("database-users").state()).isEqualTo("app_a");
    assertNothingSecretInJobs(rig, app, List.of(master, first.get("password")));

    long generation = generation(app);
    app.annotate(HighlyAvailableApp.ROTATE_CREDENTIALS_AT_ANNOTATION, "2026-11-23T10:00:00Z");
    app.eventually(
        () ->
            assertThat(app.status().lastHandledCredentialRotation())
                .isEqualTo("2026-11-23T10:00:00Z"));
    app.awaitReady();
    Map<String, String> second = app.secret("database");
    assertThat(second).containsEntry("username", "app_b");
    assertThat(second.get("password"))
        .isEqualTo(app.secret("database-user-b").get("password"))
        .isNotEqualTo(first.get("password"));
    assertThat(second.get("uri")).contains("app_b:" + second.get("password"));
    assertThat(app.secret("database-user-a").get("password"))
        .as("the user before stays as it is")
        .isEqualTo(first.get("password"));
    assertThat(generation(app)).as("one rollout").isEqualTo(generation + 1);
    assertThat(app.the(Deployment.class).getStatus().getUpdatedReplicas()).isEqualTo(3);

    app.annotate(HighlyAvailableApp.ROTATE_CREDENTIALS_AT_ANNOTATION, "2026-11-23T11:00:00Z");
    app.eventually(() -> assertThat(app.secret("database")).containsEntry("username", "app_a"));
    assertThat(app.secret("database").get("password")).isNotEqualTo(first.get("password"));
    app.awaitReady();
    ApiServerAudit.Mark mark = rig.audit().mark();
    Await.polls(rig, 3);
    assertThat(rig.audit().since(mark, rig.operatorUser()))
        .filteredOn(write -> !write.resource().startsWith("highlyavailableapps"))
        .as("settled")
        .isEmpty();
  }

  @Test
  void anAppThatWasBoundToTheMasterMovesOnceItsUserIsThere(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    app.pause();
    app.object(Secret.class, "shop-database")
        .edit(
            secret ->
                new SecretBuilder(secret)
                    .addToData("username", encoded("haadmin"))
                    .addToData("password", encoded(app.secret("database-master").get("password")))
                    .editMetadata()
                    .removeFromAnnotations("highlyavailable.io/source")
                    .endMetadata()
                    .build());
    jobs(rig, app).forEach(job -> rig.client().resource(job).delete());
    app.eventually(() -> assertThat(jobs(rig, app)).isEmpty());

    app.resume();
    app.eventually(() -> assertThat(app.secret("database")).containsEntry("username", "app_a"));
    app.awaitReady();
    assertThat(jobs(rig, app)).hasSize(1);
    assertThat(app.secret("database").get("password"))
        .isEqualTo(app.secret("database-user-a").get("password"));
  }

  @Test
  void withoutItsOwnImageTheOperatorSaysSo(Stage stage) {
    stage.operator(stage.ownSettings().with("HAAPP_IMAGE", ""));
    AppRig app = stage.quickstart();

    app.eventually(
        () ->
            assertThat(app.component("database-users").message())
                .contains("the operator does not know its own image"));
    assertThat(app.component("database-users").nextStep()).contains("HAAPP_IMAGE");
    assertThat(app.find(Deployment.class)).isEmpty();
  }

  private static void assertNothingSecretInJobs(Rig rig, AppRig app, List<String> secrets) {
    assertThat(jobs(rig, app))
        .isNotEmpty()
        .allSatisfy(job -> assertThat(Serialization.asYaml(job)).doesNotContain(secrets));
  }

  private static long generation(AppRig app) {
    return app.the(Deployment.class).getMetadata().getGeneration();
  }

  private static List<Job> jobs(Rig rig, AppRig app) {
    return rig.client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(app.namespace())
        .withLabel(AppMetadata.JOB, "database-users")
        .list()
        .getItems();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
