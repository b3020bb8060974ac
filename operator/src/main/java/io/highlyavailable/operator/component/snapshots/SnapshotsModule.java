package io.highlyavailable.operator.component.snapshots;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the snapshots. */
public final class SnapshotsModule implements Module<SnapshotsDesired, Snapshots, AwsClients> {
  @Override
  public Component<SnapshotsDesired, Snapshots> component() {
    return new SnapshotsRules();
  }

  @Override
  public Adapter<SnapshotsDesired, Snapshots> adapter(AwsClients clients) {
    return new SnapshotsAdapter(clients);
  }
}
