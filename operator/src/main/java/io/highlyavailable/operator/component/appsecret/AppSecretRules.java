package io.highlyavailable.operator.component.appsecret;

import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BindingNames;
import io.highlyavailable.operator.model.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The environment of an app's instances, written when a binding changes. It is made of what the
 * Secrets of the bindings hold, so that nothing is given to instances that pods could not have.
 */
public final class AppSecretRules implements Component<AppSecretDesired, AppSecret> {
  static final String VERSION = "version";

  @Override
  public ComponentName name() {
    return Compute.SECRET;
  }

  @Override
  public String kind() {
    return "secret";
  }

  @Override
  public String condition() {
    return Compute.CONDITION;
  }

  @Override
  public Class<AppSecret> resourceType() {
    return AppSecret.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  @Override
  public boolean wanted(App app) {
    return Compute.wanted(app);
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(Names.environment(app.identity()));
  }

  @Override
  public Desired<AppSecretDesired> desired(App app, Upstream upstream) {
    List<Binding> bindings = new ArrayList<>();
    for (String suffix : BindingNames.suffixes(app)) {
      Optional<Binding> binding = upstream.bound(suffix);
      if (binding.isEmpty()) {
        return new Desired.Waiting<>("waiting for the binding " + suffix);
      }
      bindings.add(binding.get());
    }
    Environment environment = Environment.of(app, bindings);
    return environment.fits()
        ? new Desired.Known<>(
            new AppSecretDesired(
                Names.environment(app.identity()), environment.json(), environment.version()))
        : new Desired.Impossible<>(
            "spec.env and the bindings are more than the 65536 bytes that a secret holds",
            "make spec.env shorter");
  }

  @Override
  public List<Difference> differences(AppSecretDesired desired, AppSecret actual) {
    if (desired.version().equals(actual.version())) {
      return List.of();
    }
    String version = actual.version().isEmpty() ? "none" : actual.version();
    return List.of(new Difference(VERSION, desired.version(), version, Impact.IN_PLACE));
  }

  @Override
  public Readiness readiness(AppSecretDesired desired, AppSecret actual) {
    return actual.version().isEmpty()
        ? new Readiness.Progressing("its value is being set")
        : new Readiness.Ready();
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "secretsmanager:ListSecrets",
        "secretsmanager:DescribeSecret",
        "secretsmanager:CreateSecret",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
        "secretsmanager:RestoreSecret",
        "secretsmanager:TagResource",
        "secretsmanager:UntagResource",
        "secretsmanager:DeleteSecret");
  }
}
