package io.highlyavailable.operator.component.dashboard;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the dashboard. */
public final class DashboardModule implements Module<DashboardDesired, Dashboard, AwsClients> {
  @Override
  public Component<DashboardDesired, Dashboard> component() {
    return new DashboardRules();
  }

  @Override
  public Adapter<DashboardDesired, Dashboard> adapter(AwsClients clients) {
    return new DashboardAdapter(clients);
  }
}
