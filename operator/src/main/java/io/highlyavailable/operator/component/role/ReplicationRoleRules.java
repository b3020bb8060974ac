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

/** A role that S3 alone may take on, for the app's own bucket, to write to its copy alone. */
public final class ReplicationRoleRules implements Component<RoleDesired, ReplicationRole> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("storage-replication-role");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "iam-role";
  }

  @Override
  public String condition() {
    return "BackupsReady";
  }

  @Override
  public Class<ReplicationRole> resourceType() {
    return ReplicationRole.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  @Override
  public boolean wanted(App app) {
    return app.bucketCopies().isPresent();
  }

  /** At most 52 characters; IAM allows 64. */
  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName() + "-replication");
  }

  @Override
  public Desired<RoleDesired> desired(App app, Upstream upstream) {
    Upstream.Settings settings = upstream.settings();
    if (settings.accountId().isEmpty()) {
      return new Desired.Waiting<>("waiting to learn the AWS account");
    }
    return new Desired.Known<>(
        new RoleDesired(
            resourceName(app, settings).orElseThrow(),
            settings.iamPath(),
            ReplicationPolicies.trust(app, settings),
            ReplicationPolicies.replication(app, settings),
            settings.permissionsBoundaryArn()));
  }

  @Override
  public List<Difference> differences(RoleDesired desired, ReplicationRole actual) {
    return RoleRules.between(desired, actual.role());
  }

  @Override
  public Readiness readiness(RoleDesired desired, ReplicationRole actual) {
    return RoleRules.readiness(actual.role());
  }

  @Override
  public Set<String> iamActions() {
    return RoleRules.IAM_ACTIONS;
  }
}
