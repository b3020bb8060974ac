package io.highlyavailable.operator.component.flowlog;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the flow log. */
public final class FlowLogModule implements Module<FlowLogDesired, FlowLog, AwsClients> {
  @Override
  public Component<FlowLogDesired, FlowLog> component() {
    return new FlowLogRules();
  }

  @Override
  public Adapter<FlowLogDesired, FlowLog> adapter(AwsClients clients) {
    return new FlowLogAdapter(clients);
  }
}
