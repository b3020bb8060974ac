package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the pods' role. */
public final class RoleModule implements Module<RoleDesired, Role, AwsClients> {
  @Override
  public Component<RoleDesired, Role> component() {
    return new RoleRules();
  }

  @Override
  public Adapter<RoleDesired, Role> adapter(AwsClients clients) {
    return new RoleAdapter(clients, "storage", "Pods of a HighlyAvailableApp");
  }
}
