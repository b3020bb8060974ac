package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;

/** A role that RDS's monitoring alone may take on, for the app's own database, to write logs. */
public final class MonitoringRoleRules implements ServiceRoleRules<MonitoringRole> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("database-monitoring-role");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String condition() {
    return "DatabaseReady";
  }

  @Override
  public Class<MonitoringRole> resourceType() {
    return MonitoringRole.class;
  }

  @Override
  public boolean wanted(App app) {
    return app.databaseSettings()
        .filter(database -> database.monitoringIntervalSeconds() > 0)
        .isPresent();
  }

  @Override
  public String suffix() {
    return "-monitoring";
  }

  @Override
  public String trust(App app, Upstream.Settings settings) {
    return MonitoringPolicies.trust(app, settings);
  }

  @Override
  public String policy(App app, Upstream.Settings settings) {
    return MonitoringPolicies.logs(settings);
  }
}
