package io.highlyavailable.operator.component.accessentry;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the access entry. */
public final class AccessEntryModule
    implements Module<AccessEntryDesired, AccessEntry, AwsClients> {
  @Override
  public Component<AccessEntryDesired, AccessEntry> component() {
    return new AccessEntryRules();
  }

  @Override
  public Adapter<AccessEntryDesired, AccessEntry> adapter(AwsClients clients) {
    return new AccessEntryAdapter(clients);
  }
}
