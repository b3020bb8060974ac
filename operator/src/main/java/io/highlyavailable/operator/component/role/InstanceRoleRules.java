package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The role of an app's instances: it fetches the image and the one secret, and reaches the app's
 * own bucket and table.
 */
public final class InstanceRoleRules implements Component<RoleDesired, InstanceRole> {
  static final String PROFILE = "instanceProfile";

  @Override
  public ComponentName name() {
    return Compute.ROLE;
  }

  @Override
  public String kind() {
    return "iam-role";
  }

  @Override
  public String condition() {
    return Compute.CONDITION;
  }

  @Override
  public Class<InstanceRole> resourceType() {
    return InstanceRole.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  @Override
  public boolean wanted(App app) {
    return Compute.wanted(app);
  }

  /** At most 49 characters; IAM allows 64. */
  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName() + "-instance");
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
            InstancePolicies.trust(settings),
            InstancePolicies.instance(app, settings),
            settings.permissionsBoundaryArn()));
  }

  @Override
  public List<Difference> differences(RoleDesired desired, InstanceRole actual) {
    List<Difference> found = new ArrayList<>(RoleRules.between(desired, actual.role()));
    if (!actual.profile()) {
      found.add(new Difference(PROFILE, desired.name(), "none", Impact.IN_PLACE));
    }
    return found;
  }

  @Override
  public Readiness readiness(RoleDesired desired, InstanceRole actual) {
    return actual.profile()
        ? RoleRules.readiness(actual.role())
        : new Readiness.Progressing("its instance profile is being made");
  }

  @Override
  public Set<String> iamActions() {
    Set<String> actions = new TreeSet<>(RoleRules.IAM_ACTIONS);
    actions.addAll(
        Set.of(
            "iam:GetInstanceProfile",
            "iam:CreateInstanceProfile",
            "iam:TagInstanceProfile",
            "iam:AddRoleToInstanceProfile",
            "iam:RemoveRoleFromInstanceProfile",
            "iam:DeleteInstanceProfile"));
    return actions;
  }
}
