package io.highlyavailable.operator.component.instancegroup;

import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.appsecret.AppSecret;
import io.highlyavailable.operator.component.appsecret.Environment;
import io.highlyavailable.operator.component.launchtemplate.LaunchTemplate;
import io.highlyavailable.operator.model.App;
import java.util.Collection;
import java.util.Map;

/** Whether an app's instances have what its bindings hold now. */
public final class Rollout {
  private Rollout() {}

  /**
   * Whether no instance is left that was started with another environment; so also while there is
   * no group. Those that an app leaves behind when it moves to pods are not changed any more.
   *
   * @param seen what is known of the app's components
   * @param bound the bindings whose Secrets exist
   */
  public static boolean complete(
      App app, Map<ComponentName, Observation<?>> seen, Collection<Binding> bound) {
    Observation<?> known = seen.get(Compute.GROUP);
    if (known instanceof Observation.Absent<?> || known == null && app.instances().isEmpty()) {
      return true;
    }
    return app.instances().isPresent()
        && seen.get(Compute.SECRET) instanceof Observation.Present<?>(AppSecret secret)
        && seen.get(Compute.LAUNCH_TEMPLATE)
            instanceof Observation.Present<?>(LaunchTemplate template)
        && seen.get(Compute.GROUP) instanceof Observation.Present<?>(InstanceGroup group)
        && secret.version().equals(Environment.of(app, bound).version())
        && template.blueprint().userData().contains(secret.version())
        && group.template().equals(template.templateId())
        && group.version().equals(String.valueOf(template.version()))
        && group.settled();
  }
}
