package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.AdapterOf;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the role that S3 takes on to copy objects. */
public final class ReplicationRoleModule
    implements Module<RoleDesired, ReplicationRole, AwsClients> {
  @Override
  public Component<RoleDesired, ReplicationRole> component() {
    return new ReplicationRoleRules();
  }

  @Override
  public Adapter<RoleDesired, ReplicationRole> adapter(AwsClients clients) {
    return new AdapterOf<>(
        new RoleAdapter(clients, "replication", "S3 copies the objects of a HighlyAvailableApp"),
        ReplicationRole::new,
        ReplicationRole::role);
  }
}
