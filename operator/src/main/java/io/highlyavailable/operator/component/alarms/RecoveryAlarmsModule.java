package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.AdapterOf;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the alarms that watch copies. */
public final class RecoveryAlarmsModule
    implements Module<AlarmSetDesired, RecoveryAlarms, AwsClients> {
  @Override
  public Component<AlarmSetDesired, RecoveryAlarms> component() {
    return new RecoveryAlarmsRules();
  }

  @Override
  public Adapter<AlarmSetDesired, RecoveryAlarms> adapter(AwsClients clients) {
    return new AdapterOf<>(new AlarmSetAdapter(clients), RecoveryAlarms::new, RecoveryAlarms::set);
  }
}
