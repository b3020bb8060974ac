package io.highlyavailable.operator.component.targetgroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the target group. */
public final class TargetGroupModule
    implements Module<TargetGroupDesired, TargetGroup, AwsClients> {
  @Override
  public Component<TargetGroupDesired, TargetGroup> component() {
    return new TargetGroupRules();
  }

  @Override
  public Adapter<TargetGroupDesired, TargetGroup> adapter(AwsClients clients) {
    return new TargetGroupAdapter(clients);
  }
}
