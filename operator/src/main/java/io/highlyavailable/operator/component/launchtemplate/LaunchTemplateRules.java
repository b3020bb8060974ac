package io.highlyavailable.operator.component.launchtemplate;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.appsecret.AppSecret;
import io.highlyavailable.operator.component.role.InstanceRole;
import io.highlyavailable.operator.component.securitygroup.SecurityGroup;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.InstanceSettings;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What an app's instances are like: the current Amazon Linux 2023, running the app's image. */
public final class LaunchTemplateRules implements TemplateRules {
  /** "Launch AL2023 using the SSM parameter" in Amazon Linux 2023's guide; EC2 reads it. */
  private static final String IMAGE =
      "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-";

  @Override
  public ComponentName name() {
    return Compute.LAUNCH_TEMPLATE;
  }

  @Override
  public String condition() {
    return Compute.CONDITION;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(Compute.ROLE, Compute.SECRET, Compute.APP_SECURITY_GROUP);
  }

  @Override
  public boolean wanted(App app) {
    return Compute.wanted(app);
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  @Override
  public Desired<LaunchTemplateDesired> desired(App app, Upstream upstream) {
    if (upstream.rolloutHeld()) {
      return held(upstream);
    }
    Optional<InstanceRole> role = upstream.ready(Compute.ROLE, InstanceRole.class);
    Optional<AppSecret> secret = upstream.ready(AppSecret.class);
    Optional<SecurityGroup> group = upstream.ready(Compute.APP_SECURITY_GROUP, SecurityGroup.class);
    if (role.isEmpty()) {
      return new Desired.Waiting<>("waiting for the instances' role");
    }
    if (secret.isEmpty()) {
      return new Desired.Waiting<>("waiting for the instances' environment");
    }
    if (group.isEmpty()) {
      return new Desired.Waiting<>("waiting for the instances' security group");
    }
    InstanceSettings instances = app.instances().orElseThrow();
    return new Desired.Known<>(
        new LaunchTemplateDesired(
            app.resourceName(),
            new Blueprint(
                IMAGE + instances.architecture().word(),
                instances.instanceType(),
                role.get().name(),
                new TreeSet<>(Set.of(group.get().groupId())),
                instances.rootVolumeGiB(),
                UserData.of(app, secret.get()),
                TemplateRules.volumeTags(app, Compute.GROUP),
                true)));
  }

  /** Instances go on as they are until the migration has run. */
  private static Desired<LaunchTemplateDesired> held(Upstream upstream) {
    return upstream.observed(Compute.LAUNCH_TEMPLATE)
            instanceof Observation.Present<?>(LaunchTemplate row)
        ? new Desired.Known<>(new LaunchTemplateDesired(row.name(), row.blueprint()))
        : new Desired.Waiting<>("waiting for the migration");
  }
}
