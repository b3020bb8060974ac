package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;

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

  @Override
  public String suffix() {
    return "-instance";
  }

  @Override
  public String trust(App app, Upstream.Settings settings) {
    return InstancePolicies.trust(settings);
  }

  @Override
  public String policy(App app, Upstream.Settings settings) {
    return InstancePolicies.instance(app, settings);
  }
}
