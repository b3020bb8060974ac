package io.highlyavailable.operator.component.engineversion;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;
import java.time.InstantSource;

/** Registers the engines' default versions. */
public final class DefaultVersionModule
    implements Module<DefaultVersionDesired, DefaultVersion, AwsClients> {
  @Override
  public Component<DefaultVersionDesired, DefaultVersion> component() {
    return new DefaultVersionRules();
  }

  @Override
  public Adapter<DefaultVersionDesired, DefaultVersion> adapter(AwsClients clients) {
    return new DefaultVersionAdapter(clients, InstantSource.system());
  }
}
