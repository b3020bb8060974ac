package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.AdapterOf;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the role that RDS takes on to monitor a database. */
public final class MonitoringRoleModule implements Module<RoleDesired, MonitoringRole, AwsClients> {
  @Override
  public Component<RoleDesired, MonitoringRole> component() {
    return new MonitoringRoleRules();
  }

  @Override
  public Adapter<RoleDesired, MonitoringRole> adapter(AwsClients clients) {
    return new AdapterOf<>(
        new RoleAdapter(clients, "monitoring", "RDS monitors the database of a HighlyAvailableApp"),
        MonitoringRole::new,
        MonitoringRole::role);
  }
}
