package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.PolicyDocument.Statement;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

class RoleAdapterTest extends AdapterContract<RoleDesired, Role> {
  private static final String EVERYTHING =
      new PolicyDocument(List.of(Statement.allow("All", List.of("*"), List.of("*")))).json();

  RoleAdapterTest() {
    super(new RoleModule(), List.of());
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of("serviceAccountName", setting("workload", "serviceAccountName", "another"));
  }

  @Override
  protected Map<String, Consumer<Role>> drifts() {
    return Map.of(
        "policy",
        role ->
            clients
                .iam()
                .putRolePolicy(
                    request ->
                        request
                            .roleName(role.name())
                            .policyName("storage")
                            .policyDocument(EVERYTHING)),
        "trustPolicy",
        role ->
            clients
                .iam()
                .updateAssumeRolePolicy(
                    request ->
                        request
                            .roleName(role.name())
                            .policyDocument(role.trustPolicy().replace("prod", "other"))),
        "permissionsBoundary",
        role ->
            clients
                .iam()
                .putRolePermissionsBoundary(
                    request ->
                        request
                            .roleName(role.name())
                            .permissionsBoundary("arn:aws:iam::aws:policy/ReadOnlyAccess")));
  }
}
