package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A role that RDS's monitoring alone may take on, for the app's own database, to write logs. */
public final class MonitoringRoleRules implements Component<RoleDesired, MonitoringRole> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("database-monitoring-role");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "iam-role";
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
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  @Override
  public boolean wanted(App app) {
    return app.databaseSettings()
        .filter(database -> database.monitoringIntervalSeconds() > 0)
        .isPresent();
  }

  /** At most 51 characters; IAM allows 64. */
  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName() + "-monitoring");
  }

  @Override
  public Desired<RoleDesired> desired(App app, Upstream upstream) {
    Upstream.Settings settings = upstream.settings();
    if (settings.accountId().isEmpty()) {
      return new Desired.Waiting<>("waiting to learn the AWS account");
    }
    return new Desired.Known<>(
        new RoleDesired(
            resourceName(app, settings).orElseThrow(),
            settings.iamPath(),
            MonitoringPolicies.trust(app, settings),
            MonitoringPolicies.logs(settings),
            settings.permissionsBoundaryArn()));
  }

  @Override
  public List<Difference> differences(RoleDesired desired, MonitoringRole actual) {
    return RoleRules.between(desired, actual.role());
  }

  @Override
  public Readiness readiness(RoleDesired desired, MonitoringRole actual) {
    return RoleRules.readiness(actual.role());
  }

  @Override
  public Set<String> iamActions() {
    return RoleRules.IAM_ACTIONS;
  }
}
