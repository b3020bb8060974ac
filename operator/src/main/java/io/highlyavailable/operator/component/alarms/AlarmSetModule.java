package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the alarms. */
public final class AlarmSetModule implements Module<AlarmSetDesired, AlarmSet, AwsClients> {
  @Override
  public Component<AlarmSetDesired, AlarmSet> component() {
    return new AlarmSetRules();
  }

  @Override
  public Adapter<AlarmSetDesired, AlarmSet> adapter(AwsClients clients) {
    return new AlarmSetAdapter(clients);
  }
}
