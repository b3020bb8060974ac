package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.highlyavailable.testbed.cluster.ApiServerAudit;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.Tag;

/** What others change of ours is put back and reported; what is theirs is left to them. */
@WithRig
class DriftIT {

  @Test
  void editedAndDeletedKubernetesObjectsAreMadeAgain(Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();

    app.object(Deployment.class)
        .edit(
            deployment -> {
              var pod = deployment.getSpec().getTemplate().getSpec();
              pod.getContainers().getFirst().setImage("example.com/other:1");
              pod.setTerminationGracePeriodSeconds(3000L);
              return deployment;
            });
    app.object(HorizontalPodAutoscaler.class)
        .edit(
            autoscaler -> {
              autoscaler.getSpec().setMaxReplicas(99);
              return autoscaler;
            });
    String service = app.the(Service.class).getMetadata().getUid();
    app.object(Service.class).delete();

    app.eventually(
        () -> {
          var pod = app.the(Deployment.class).getSpec().getTemplate().getSpec();
          assertThat(pod.getContainers().getFirst().getImage())
              .isEqualTo("ghcr.io/acme/shop:1.4.2");
          assertThat(pod.getTerminationGracePeriodSeconds()).isLessThan(3000L);
          assertThat(app.the(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas())
              .isEqualTo(10);
          assertThat(app.the(Service.class).getMetadata().getUid()).isNotEqualTo(service);
        });
    app.awaitReady();
  }

  @Test
  void databaseSettingsChangedInAwsArePutBackAndReported(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    int days = app.aws().database().orElseThrow().backupRetentionPeriod();

    rig.aws()
        .rds()
        .modifyDBInstance(
            r ->
                r.dbInstanceIdentifier(app.aws().resource())
                    .backupRetentionPeriod(1)
                    .deletionProtection(false)
                    .applyImmediately(true));

    app.eventually(
        () -> {
          assertThat(app.aws().database().orElseThrow().backupRetentionPeriod()).isEqualTo(days);
          assertThat(app.aws().database().orElseThrow().deletionProtection()).isTrue();
        });
    assertReported(app, "database", "backupRetentionDays 1 -> " + days);
  }

  /** An Event says what drifted, and afterwards nothing does. */
  private static void assertReported(AppRig app, String component, String what) {
    app.eventually(
        () ->
            assertThat(app.events("Drifted"))
                .anySatisfy(line -> assertThat(line).contains(component + ": ").contains(what)));
    app.awaitReady();
    app.eventually(
        () -> assertThat(app.condition("InSync").reason()).as("InSync").isEqualTo("NoDrift"));
  }

  @Test
  void removedTagsArePutBackWhileAddedOnesAreLeftAlone(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    app.patch("spec: {aws: {tags: {team: shop}}}");
    app.eventually(
        () ->
            assertThat(AppInAws.tags(app.aws().database().orElseThrow()))
                .containsEntry("team", "shop"));
    app.awaitReady();
    String arn = app.aws().database().orElseThrow().dbInstanceArn();

    rig.aws().rds().removeTagsFromResource(r -> r.resourceName(arn).tagKeys("team"));
    Tag gold = Tag.builder().key("backup-plan").value("gold").build();
    rig.aws().rds().addTagsToResource(r -> r.resourceName(arn).tags(gold));

    app.eventually(
        () ->
            assertThat(AppInAws.tags(app.aws().database().orElseThrow()))
                .containsEntry("team", "shop")
                .containsEntry("backup-plan", "gold"));
    assertReported(app, "database", "tag team none -> shop");
    Await.polls(rig, 2);
    assertThat(AppInAws.tags(app.aws().database().orElseThrow()))
        .containsEntry("backup-plan", "gold");
  }

  @Test
  void whatBelongsToAutoscalerArgoOrPeopleIsNotFought(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    String user = rig.operatorUser();

    app.object(Deployment.class)
        .edit(
            deployment -> {
              deployment.getMetadata().getLabels().put("argocd.argoproj.io/instance", "shop");
              deployment
                  .getMetadata()
                  .getAnnotations()
                  .put("argocd.argoproj.io/tracking-id", "shop:apps/Deployment:default/shop");
              deployment.getMetadata().getAnnotations().put("example.com/note", "mine");
              return deployment;
            });
    app.object(Service.class)
        .edit(
            service -> {
              service.getMetadata().getLabels().put("team", "network");
              return service;
            });
    // As the autoscaler does it.
    app.object(Deployment.class).scale(5);
    app.eventually(() -> assertThat(app.status().replicas()).isEqualTo(5));
    ApiServerAudit.Mark mark = rig.audit().mark();
    long calls = rig.emulator().calls().mark();
    Await.polls(rig, 4);

    List<ApiServerAudit.Write> writes =
        rig.audit().since(mark, user).stream()
            .filter(write -> write.namespace().equals(app.namespace()))
            .filter(write -> !write.resource().equals("highlyavailableapps/status"))
            .toList();
    assertThat(writes).isEmpty();
    assertThat(app.mutations(calls)).isEmpty();
    assertThat(app.the(Deployment.class).getSpec().getReplicas()).isEqualTo(5);
    assertThat(new HashMap<>(app.the(Deployment.class).getMetadata().getAnnotations()))
        .containsEntry("example.com/note", "mine");
    assertThat(app.the(Service.class).getMetadata().getLabels()).containsEntry("team", "network");
  }
}
