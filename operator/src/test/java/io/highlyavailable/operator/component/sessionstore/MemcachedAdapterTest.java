package io.highlyavailable.operator.component.sessionstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.securitygroup.SecurityGroupModule;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroupModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.SessionStoreSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheClusterRequest;

class MemcachedAdapterTest extends AdapterContract<SessionStoreDesired, SessionStore> {
  MemcachedAdapterTest() {
    super(
        new SessionStoreModule(),
        List.of(
            new NetworkModule(),
            new SecurityGroupModule(DataTier.SESSION_STORE),
            new SubnetGroupModule(DataTier.SESSION_STORE)));
  }

  @Override
  protected App sample() {
    return SampleApp.unique()
        .sessionStore(
            new SessionStoreSettings(
                "memcached", "1.6.17", "cache.t4g.small", 3, DeletionPolicy.SNAPSHOT))
        .build();
  }

  private ElastiCacheClient somebody() {
    return world.clients("somebody", CallListener.NONE).elastiCache();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of(
        "nodes", setting("sessionStore", "nodes", 4),
        "deletionPolicy", setting("sessionStore", "deletionPolicy", DeletionPolicy.RETAIN),
        "maintenanceWindow", maintenance("tue:10:00-tue:11:00"));
  }

  @Override
  protected Map<String, Consumer<SessionStore>> drifts() {
    String cluster = world.settings().clientSecurityGroupIds().getFirst();
    Map<String, Consumer<ModifyCacheClusterRequest.Builder>> changes = new LinkedHashMap<>();
    changes.put("nodes", request -> request.numCacheNodes(5));
    changes.put(
        "maintenanceWindow", request -> request.preferredMaintenanceWindow("mon:01:00-mon:02:00"));
    changes.put("autoMinorVersionUpgrade", request -> request.autoMinorVersionUpgrade(false));
    changes.put("securityGroupIds", request -> request.securityGroupIds(cluster));
    Map<String, Consumer<SessionStore>> drifts = new LinkedHashMap<>();
    changes.forEach((field, change) -> drifts.put(field, store -> modify(store, change)));
    return drifts;
  }

  private void modify(SessionStore store, Consumer<ModifyCacheClusterRequest.Builder> change) {
    somebody()
        .modifyCacheCluster(
            request -> {
              request.cacheClusterId(store.name()).applyImmediately(true);
              change.accept(request);
            });
  }

  @Test
  void isReadyWithItsConfigurationEndpointOnceAvailable() {
    create();
    SessionStore seen = observed().orElseThrow();
    assertThat(component.readiness(desired, seen)).isEqualTo(new Readiness.Ready());
    assertThat(seen.endpoints()).isNotNull();
    assertThat(seen.endpoints().host()).contains(".cfg.");
    assertThat(seen.endpoints().port()).isEqualTo(11211);
    assertThat(seen.security().inTransit()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6})
  void nodesComeAndGoInPlace(int nodes) {
    create();
    SessionStoreDesired wanted = wanted("1.6.17", nodes);
    SessionStore seen = observed().orElseThrow();
    adapter.update(seen, wanted, component.differences(wanted, seen));
    observed();
    var cluster =
        somebody()
            .describeCacheClusters(r -> r.cacheClusterId(name()).showCacheNodeInfo(true))
            .cacheClusters()
            .getFirst();
    assertThat(cluster.cacheNodes()).hasSize(nodes);
    assertThat(cluster.cacheNodes().getFirst().cacheNodeId()).isEqualTo("0001");
  }

  @Test
  void aNewVersionIsMadeAtOnceWhenItsTimeHasCome() {
    create();
    SessionStoreDesired wanted = wanted("1.6.22", 3);
    SessionStore seen = observed().orElseThrow();
    List<Difference> found = component.differences(wanted, seen);
    assertThat(found).extracting(Difference::field).containsExactly("version");
    SessionStore changed = adapter.update(seen, wanted, found);
    assertThat(component.differences(wanted, changed)).isEmpty();
    assertThat(changed.inTransition()).isTrue();
    observed();
    assertThat(component.differences(wanted, observed().orElseThrow())).isEmpty();
  }

  private SessionStoreDesired wanted(String version, int nodes) {
    return new SessionStoreDesired(
        desired.name(),
        desired.engine(),
        version,
        desired.maintenanceWindow(),
        new SessionStore.Settings("cache.t4g.small", nodes, false, false, 0, true),
        desired.subnetGroup(),
        desired.securityGroupIds(),
        null,
        "");
  }
}
