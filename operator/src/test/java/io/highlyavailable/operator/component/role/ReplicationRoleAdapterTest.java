package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Recovery;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

class ReplicationRoleAdapterTest extends AdapterContract<RoleDesired, ReplicationRole> {
  ReplicationRoleAdapterTest() {
    super(new ReplicationRoleModule(), List.of());
  }

  @Override
  protected App sample() {
    return SampleApp.unique()
        .recovery(new Recovery(KnownUpstream.RECOVERY_REGION, true, true, true))
        .build();
  }

  @Override
  protected Map<String, Consumer<ReplicationRole>> drifts() {
    return Map.of(
        "policy",
        role ->
            clients
                .iam()
                .putRolePolicy(
                    request ->
                        request
                            .roleName(role.name())
                            .policyName("replication")
                            .policyDocument(role.role().policy().replace("Tags", "*"))),
        "trustPolicy",
        role ->
            clients
                .iam()
                .updateAssumeRolePolicy(
                    request ->
                        request
                            .roleName(role.name())
                            .policyDocument(
                                role.role().trustPolicy().replace("StringEquals", "StringLike"))));
  }
}
