package io.highlyavailable.operator.component.backupcopy;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the copies of a database's backups. */
public final class BackupCopyModule implements Module<BackupCopyDesired, BackupCopy, AwsClients> {
  @Override
  public Component<BackupCopyDesired, BackupCopy> component() {
    return new BackupCopyRules();
  }

  @Override
  public Adapter<BackupCopyDesired, BackupCopy> adapter(AwsClients clients) {
    return new BackupCopyAdapter(clients);
  }
}
