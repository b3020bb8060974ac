package io.highlyavailable.operator.component.subnetgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CacheSubnetGroupAdapterTest extends AdapterContract<SubnetGroupDesired, SubnetGroup> {
  CacheSubnetGroupAdapterTest() {
    super(new SubnetGroupModule(DataTier.SESSION_STORE), List.of(new NetworkModule()));
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    List<String> two = desired.subnetIds().stream().limit(2).toList();
    return Map.of(
        "privateSubnetIds",
        it ->
            Records.with(
                it,
                "network",
                new NetworkChoice.Existing(world.settings().vpcId(), two, List.of(), List.of())));
  }

  @Override
  protected Map<String, Consumer<SubnetGroup>> drifts() {
    return Map.of("subnetIds", this::leaveOutOne);
  }

  private void leaveOutOne(SubnetGroup group) {
    clients
        .elastiCache()
        .modifyCacheSubnetGroup(
            request ->
                request
                    .cacheSubnetGroupName(group.name())
                    .subnetIds(group.subnetIds().stream().limit(2).toList()));
  }

  @Test
  void listsEveryPage() {
    List<String> names = IntStream.range(0, 101).mapToObj(i -> name() + "-" + i).toList();
    names.forEach(
        name ->
            clients
                .elastiCache()
                .createCacheSubnetGroup(
                    request ->
                        request
                            .cacheSubnetGroupName(name)
                            .cacheSubnetGroupDescription("page")
                            .subnetIds(desired.subnetIds())));
    assertThat(adapter.list().namesOnly()).containsAll(names);
    names.forEach(
        name ->
            clients
                .elastiCache()
                .deleteCacheSubnetGroup(request -> request.cacheSubnetGroupName(name)));
  }
}
