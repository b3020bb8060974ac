package io.highlyavailable.operator.component.backupcopy;

import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.LifecycleContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.database.DatabaseModule;
import io.highlyavailable.operator.component.engineversion.DefaultVersionModule;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.parametergroup.ParameterGroupsModule;
import io.highlyavailable.operator.component.securitygroup.SecurityGroupModule;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroupModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Recovery;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

class BackupCopyLifeTest extends LifecycleContract<BackupCopyDesired, BackupCopy> {
  BackupCopyLifeTest() {
    super(
        new BackupCopyModule(),
        List.of(
            new NetworkModule(),
            new SecurityGroupModule(DataTier.DATABASE),
            new SubnetGroupModule(DataTier.DATABASE),
            new DefaultVersionModule(),
            new ParameterGroupsModule(),
            new DatabaseModule()));
  }

  @Override
  protected App sample() {
    return SampleApp.unique()
        .recovery(new Recovery(KnownUpstream.RECOVERY_REGION, true, true, true))
        .build();
  }

  /** Nobody can change a copy: it can only be stopped, and then it has vanished. */
  @Override
  protected Map<String, Consumer<BackupCopy>> drifts() {
    return Map.of();
  }
}
