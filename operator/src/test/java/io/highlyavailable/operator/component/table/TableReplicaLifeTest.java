package io.highlyavailable.operator.component.table;

import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.LifecycleContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Recovery;
import io.highlyavailable.operator.model.TableSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

class TableReplicaLifeTest extends LifecycleContract<TableReplicaDesired, TableReplica> {
  TableReplicaLifeTest() {
    super(new TableReplicaModule(), List.of(new TableModule()));
  }

  @Override
  protected App sample() {
    return SampleApp.unique()
        .table(
            new TableSettings(
                new TableSettings.Key("id", "S"), null, true, "", DeletionPolicy.SNAPSHOT))
        .recovery(new Recovery(KnownUpstream.RECOVERY_REGION, true, true, true))
        .build();
  }

  /** What of a replica can be changed by hand is put back in its own tests. */
  @Override
  protected Map<String, Consumer<TableReplica>> drifts() {
    return Map.of();
  }
}
