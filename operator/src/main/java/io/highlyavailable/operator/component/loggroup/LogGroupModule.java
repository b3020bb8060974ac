package io.highlyavailable.operator.component.loggroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the log group of flow logs. */
public final class LogGroupModule implements Module<LogGroupDesired, LogGroup, AwsClients> {
  @Override
  public Component<LogGroupDesired, LogGroup> component() {
    return new LogGroupRules();
  }

  @Override
  public Adapter<LogGroupDesired, LogGroup> adapter(AwsClients clients) {
    return new LogGroupAdapter(clients);
  }
}
