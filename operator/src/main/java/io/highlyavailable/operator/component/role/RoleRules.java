package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A role for the app's pods that reaches the app's own bucket and table and nothing else. */
public final class RoleRules implements Component<RoleDesired, Role> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("role");

  static final String TRUST = "trustPolicy";
  static final String POLICY = "policy";
  static final String BOUNDARY = "permissionsBoundary";

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
    return "StorageReady";
  }

  /** Without a bucket it is for the table alone. */
  @Override
  public String condition(App app) {
    return app.bucketSettings().isEmpty() && app.tableSettings().isPresent()
        ? "DatabaseReady"
        : condition();
  }

  @Override
  public Class<Role> resourceType() {
    return Role.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  /** Instances have a role of their own; the migration of their app runs in a pod all the same. */
  @Override
  public boolean wanted(App app) {
    boolean pods = !Compute.wanted(app) || app.workload().beforeRollout().isPresent();
    return pods && (app.bucketSettings().isPresent() || app.tableSettings().isPresent());
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  @Override
  public Desired<RoleDesired> desired(App app, Upstream upstream) {
    Upstream.Settings settings = upstream.settings();
    if (settings.oidcProviderArn().isEmpty()) {
      return new Desired.Impossible<>(
          block(app) + " without an OIDC provider",
          "set HAAPP_OIDC_PROVIDER_ARN in the operator's configuration to the cluster's provider");
    }
    if (settings.accountId().isEmpty()) {
      return new Desired.Waiting<>("waiting to learn the AWS account");
    }
    return new Desired.Known<>(
        new RoleDesired(
            app.resourceName(),
            settings.iamPath(),
            RolePolicies.trust(app, settings),
            RolePolicies.data(app, settings),
            settings.permissionsBoundaryArn()));
  }

  private static String block(App app) {
    return app.bucketSettings().isPresent()
        ? "spec.storage: pods cannot be given access to the bucket"
        : "spec.database.dynamoDb: pods cannot be given access to the table";
  }

  @Override
  public List<Difference> differences(RoleDesired desired, Role actual) {
    return between(desired, actual);
  }

  static List<Difference> between(RoleDesired desired, Role actual) {
    List<Difference> found = new ArrayList<>();
    compare(found, TRUST, desired.trustPolicy(), actual.trustPolicy());
    compare(found, POLICY, desired.policy(), actual.policy());
    compare(found, BOUNDARY, desired.permissionsBoundary(), actual.permissionsBoundary());
    return found;
  }

  private static void compare(List<Difference> found, String field, String wanted, String actual) {
    if (!wanted.equals(actual)) {
      found.add(new Difference(field, printable(wanted), printable(actual), Impact.IN_PLACE));
    }
  }

  private static String printable(String value) {
    return value.isEmpty() ? "none" : value;
  }

  @Override
  public Readiness readiness(RoleDesired desired, Role actual) {
    return readiness(actual);
  }

  static Readiness readiness(Role actual) {
    return actual.policy().isEmpty()
        ? new Readiness.Progressing("its policy is being set")
        : new Readiness.Ready();
  }

  @Override
  public boolean isPodRole() {
    return true;
  }

  @Override
  public Set<String> iamActions() {
    return IAM_ACTIONS;
  }

  /** What it takes to keep a role. */
  static final Set<String> IAM_ACTIONS =
      Set.of(
          "iam:ListRoles",
          "iam:GetRole",
          "iam:GetRolePolicy",
          "iam:CreateRole",
          "iam:UpdateAssumeRolePolicy",
          "iam:PutRolePolicy",
          "iam:DeleteRolePolicy",
          "iam:PutRolePermissionsBoundary",
          "iam:DeleteRolePermissionsBoundary",
          "iam:TagRole",
          "iam:UntagRole",
          "iam:DeleteRole");
}
