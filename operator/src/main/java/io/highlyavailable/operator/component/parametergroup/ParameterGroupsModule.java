package io.highlyavailable.operator.component.parametergroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the database's parameter groups. */
public final class ParameterGroupsModule
    implements Module<ParameterGroupsDesired, ParameterGroups, AwsClients> {
  @Override
  public Component<ParameterGroupsDesired, ParameterGroups> component() {
    return new ParameterGroupsRules();
  }

  @Override
  public Adapter<ParameterGroupsDesired, ParameterGroups> adapter(AwsClients clients) {
    return new ParameterGroupsAdapter(clients);
  }
}
