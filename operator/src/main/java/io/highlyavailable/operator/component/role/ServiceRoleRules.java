package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What all roles that a service of AWS takes on have in common.
 *
 * @param <R> the role's type
 */
interface ServiceRoleRules<R extends RoleOf> extends Component<RoleDesired, R> {
  /** What follows the app's name in the role's; at most 24 characters, as IAM allows 64. */
  String suffix();

  /** Who may take it on. */
  String trust(App app, Upstream.Settings settings);

  /** What it then may do. */
  String policy(App app, Upstream.Settings settings);

  @Override
  default String kind() {
    return "iam-role";
  }

  @Override
  default Set<ComponentName> dependsOn() {
    return Set.of();
  }

  @Override
  default Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName() + suffix());
  }

  @Override
  default Desired<RoleDesired> desired(App app, Upstream upstream) {
    Upstream.Settings settings = upstream.settings();
    if (settings.accountId().isEmpty()) {
      return new Desired.Waiting<>("waiting to learn the AWS account");
    }
    return new Desired.Known<>(
        new RoleDesired(
            resourceName(app, settings).orElseThrow(),
            settings.iamPath(),
            trust(app, settings),
            policy(app, settings),
            settings.permissionsBoundaryArn()));
  }

  @Override
  default List<Difference> differences(RoleDesired desired, R actual) {
    return RoleRules.between(desired, actual.role());
  }

  @Override
  default Readiness readiness(RoleDesired desired, R actual) {
    return RoleRules.readiness(actual.role());
  }

  @Override
  default Set<String> iamActions() {
    return RoleRules.IAM_ACTIONS;
  }
}
