package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.Tag;

/** What has our names and is not ours stays as it is, to the last byte. */
@WithRig
class ForeignIT {
  private static final String QUICKSTART_NAME = "shop";

  @Test
  void foreignBucketIsLeftUntouched(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.app(QUICKSTART_NAME);
    String bucket = app.aws().bucket();
    var s3 = rig.aws().s3();
    s3.createBucket(r -> r.bucket(bucket));
    Tag owner = Tag.builder().key("owner").value("somebody").build();
    s3.putBucketTagging(r -> r.bucket(bucket).tagging(t -> t.tagSet(owner)));
    long mark = rig.emulator().calls().mark();

    stage.quickstart();
    assertSaysForeign(app, "storage");
    Await.polls(rig, 3);

    assertThat(app.aws().bucketTags()).containsOnlyKeys("owner");
    assertThat(s3.getBucketVersioning(r -> r.bucket(bucket)).status()).isNull();
    assertThat(app.mutations(mark)).noneMatch(call -> call.service().equals("s3"));
    app.delete();
    app.awaitGone();
    assertThat(app.aws().bucketTags()).containsOnlyKeys("owner");
    s3.deleteBucket(r -> r.bucket(bucket));
  }

  private static void assertSaysForeign(AppRig app, String component) {
    app.eventually(
        () -> {
          assertThat(app.message(component)).contains("is not this app's");
          assertThat(app.component(component).nextStep()).isNotBlank();
        });
  }

  @Test
  void foreignServiceIsLeftUntouched(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.app(QUICKSTART_NAME);
    rig.client()
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName(QUICKSTART_NAME)
                .withNamespace(stage.namespace())
                .endMetadata()
                .withNewSpec()
                .withPorts(new ServicePortBuilder().withPort(99).build())
                .endSpec()
                .build())
        .create();
    String before = version(app);

    stage.quickstart();
    app.eventually(
        () -> assertThat(app.message("workload")).contains("Service shop exists and is not"));
    Await.polls(rig, 3);
    assertThat(version(app)).isEqualTo(before);

    app.object(Service.class).delete();
    app.awaitReady();
  }

  private static String version(AppRig app) {
    return app.the(Service.class).getMetadata().getResourceVersion();
  }

  @Test
  void deletionLeavesForeignObjectsOfTheNamespaceAlone(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    rig.client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("shop")
                .withNamespace(app.namespace())
                .addToLabels("app.kubernetes.io/instance", "shop")
                .endMetadata()
                .build())
        .create();

    app.delete();
    app.awaitGone();

    assertThat(app.find(ConfigMap.class)).isPresent();
  }
}
