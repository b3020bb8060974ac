package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.highlyavailable.api.v1alpha1.ConditionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;

/** A session store from its block in the spec to the environment of the pods, and away again. */
@WithRig
class SessionStoreIT {
  private static String manifest(String store) {
    return """
    apiVersion: highlyavailable.io/v1alpha1
    kind: HighlyAvailableApp
    metadata: {name: shop}
    spec:
      image: ghcr.io/acme/shop:1.4.2
      deletionProtection: false
      sessionStore: {%s: {}}
    """
        .formatted(store);
  }

  @Test
  void redisIsMadeBoundScaledAndDeletedAfterASnapshot(Rig rig, Stage stage) {
    stage.operator();
    rig.emulator()
        .transitions()
        .elastiCache(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1));
    try {
      AppRig app = stage.apply(manifest("redis"));
      app.eventually(
          () -> assertThat(app.component("session-store").state()).isEqualTo("creating"));
      app.awaitReady();

      ReplicationGroup group = app.aws().replicationGroup().orElseThrow();
      assertThat(group.memberClusters()).hasSize(3);
      assertThat(group.transitEncryptionEnabled()).isTrue();
      assertThat(group.atRestEncryptionEnabled()).isTrue();
      assertThat(group.authTokenEnabled()).isTrue();
      assertThat(app.condition("SessionStoreReady").status()).isEqualTo(ConditionStatus.TRUE);
      assertBound(app, "redis");

      app.patch("spec: {sessionStore: {redis: {replicas: 4}}}");
      app.eventually(
          () -> assertThat(app.aws().replicationGroup().orElseThrow().memberClusters()).hasSize(5));
      app.awaitReady();

      String resource = app.aws().resource();
      app.delete();
      app.awaitGone();
      assertThat(app.aws().replicationGroup()).isEmpty();
      assertThat(app.aws().cacheSnapshots())
          .singleElement()
          .satisfies(name -> assertThat(name).startsWith(resource + "-final-"));
      assertThat(app.find(Secret.class, "shop-session-store-auth")).isEmpty();
    } finally {
      rig.emulator().transitions().elastiCache(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
  }

  private static void assertBound(AppRig app, String type) {
    Map<String, String> binding = app.secret("session-store");
    assertThat(binding)
        .containsOnlyKeys("type", "host", "port", "tls", "password", "uri", "reader-host")
        .containsEntry("type", type)
        .containsEntry("tls", "true")
        .containsEntry("password", app.secret("session-store-auth").get("password"));
    assertThat(binding.get("uri"))
        .isEqualTo(
            "rediss://:%s@%s:%s/0"
                .formatted(binding.get("password"), binding.get("host"), binding.get("port")));
    assertThat(variables(app))
        .contains(
            "SESSION_STORE_TYPE",
            "SESSION_STORE_HOST",
            "SESSION_STORE_PORT",
            "SESSION_STORE_TLS",
            "SESSION_STORE_PASSWORD",
            "SESSION_STORE_URI",
            "SESSION_STORE_READER_HOST");
    assertThat(app.status().toString()).doesNotContain(binding.get("password"));
  }

  private static List<String> variables(AppRig app) {
    return app
        .the(Deployment.class)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getEnv()
        .stream()
        .map(EnvVar::getName)
        .toList();
  }

  @Test
  void memcachedIsMadeBoundAndScaledInPlace(Stage stage) {
    stage.operator();
    AppRig app = stage.apply(manifest("memcached")).awaitReady();

    assertThat(app.aws().cacheCluster().orElseThrow().numCacheNodes()).isEqualTo(3);
    assertThat(app.secret("session-store"))
        .containsOnlyKeys("type", "host", "port", "tls")
        .containsEntry("type", "memcached")
        .containsEntry("port", "11211");
    assertThat(variables(app)).contains("SESSION_STORE_HOST").doesNotContain("SESSION_STORE_URI");

    app.patch("spec: {sessionStore: {memcached: {nodes: 2}}}");
    app.eventually(
        () -> assertThat(app.aws().cacheCluster().orElseThrow().numCacheNodes()).isEqualTo(2));
    app.awaitReady();
  }

  @Test
  void aStoreThatVanishedIsMadeAnew(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.apply(manifest("valkey")).awaitReady();
    String resource = app.aws().resource();
    var before = app.aws().replicationGroup().orElseThrow().replicationGroupCreateTime();

    rig.aws().elastiCache().deleteReplicationGroup(r -> r.replicationGroupId(resource));

    app.eventually(
        () ->
            assertThat(app.aws().replicationGroup().orElseThrow().replicationGroupCreateTime())
                .isAfter(before));
    app.awaitReady();
  }
}
