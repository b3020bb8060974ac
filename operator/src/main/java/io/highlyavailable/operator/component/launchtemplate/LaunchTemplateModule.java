package io.highlyavailable.operator.component.launchtemplate;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers a launch template. */
public final class LaunchTemplateModule
    implements Module<LaunchTemplateDesired, LaunchTemplate, AwsClients> {
  private final Component<LaunchTemplateDesired, LaunchTemplate> component;

  /**
   * @param component which one
   */
  public LaunchTemplateModule(Component<LaunchTemplateDesired, LaunchTemplate> component) {
    this.component = component;
  }

  /** That of an app's instances. */
  public static LaunchTemplateModule ofInstances() {
    return new LaunchTemplateModule(new LaunchTemplateRules());
  }

  /** That of worker nodes. */
  public static LaunchTemplateModule ofNodes() {
    return new LaunchTemplateModule(new NodeTemplateRules());
  }

  @Override
  public Component<LaunchTemplateDesired, LaunchTemplate> component() {
    return component;
  }

  @Override
  public String inventory() {
    return "launch-templates";
  }

  @Override
  public Adapter<LaunchTemplateDesired, LaunchTemplate> adapter(AwsClients clients) {
    return new LaunchTemplateAdapter(clients);
  }
}
