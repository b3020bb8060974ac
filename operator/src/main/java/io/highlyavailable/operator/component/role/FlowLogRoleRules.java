package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A role that VPC flow logs alone may take on, to write to the app's own log group. */
final class FlowLogRoleRules implements Component<RoleDesired, FlowLogRole> {
  @Override
  public ComponentName name() {
    return ManagedNetwork.FLOW_LOG_ROLE;
  }

  @Override
  public String kind() {
    return "iam-role";
  }

  @Override
  public String condition() {
    return ManagedNetwork.CONDITION;
  }

  @Override
  public Class<FlowLogRole> resourceType() {
    return FlowLogRole.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  @Override
  public boolean wanted(App app) {
    return ManagedNetwork.flowLogRetentionDays(app).isPresent();
  }

  /** At most 50 characters; IAM allows 64. */
  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName() + "-flow-logs");
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
            FlowLogPolicies.trust(app, settings),
            FlowLogPolicies.logs(app, settings),
            settings.permissionsBoundaryArn()));
  }

  @Override
  public List<Difference> differences(RoleDesired desired, FlowLogRole actual) {
    return RoleRules.between(desired, actual.role());
  }

  @Override
  public Readiness readiness(RoleDesired desired, FlowLogRole actual) {
    return RoleRules.readiness(actual.role());
  }

  @Override
  public Set<String> iamActions() {
    return RoleRules.IAM_ACTIONS;
  }
}
