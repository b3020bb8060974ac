package io.highlyavailable.operator.component.appsecret;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the secret with the environment of an app's instances. */
public final class AppSecretModule implements Module<AppSecretDesired, AppSecret, AwsClients> {
  @Override
  public Component<AppSecretDesired, AppSecret> component() {
    return new AppSecretRules();
  }

  @Override
  public Adapter<AppSecretDesired, AppSecret> adapter(AwsClients clients) {
    return new AppSecretAdapter(clients);
  }
}
