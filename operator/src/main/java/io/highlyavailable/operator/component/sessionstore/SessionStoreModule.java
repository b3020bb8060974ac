package io.highlyavailable.operator.component.sessionstore;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the session store. */
public final class SessionStoreModule
    implements Module<SessionStoreDesired, SessionStore, AwsClients> {
  @Override
  public Component<SessionStoreDesired, SessionStore> component() {
    return new SessionStoreRules();
  }

  @Override
  public Adapter<SessionStoreDesired, SessionStore> adapter(AwsClients clients) {
    return new SessionStoreAdapter(clients);
  }
}
