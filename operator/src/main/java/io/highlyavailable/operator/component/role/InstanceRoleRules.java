package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.Optional;

/**
 * The role of an app's instances: it fetches the image and the one secret, and reaches the app's
 * own bucket and table.
 */
public final class InstanceRoleRules implements ProfileRules {
  @Override
  public ComponentName name() {
    return Compute.ROLE;
  }

  @Override
  public String condition() {
    return Compute.CONDITION;
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
}
