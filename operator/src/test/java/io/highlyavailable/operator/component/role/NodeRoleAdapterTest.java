package io.highlyavailable.operator.component.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Clusters;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class NodeRoleAdapterTest extends AdapterContract<RoleDesired, InstanceRole> {
  NodeRoleAdapterTest() {
    super(InstanceRoleModule.ofNodes(), List.of());
  }

  @Override
  protected App sample() {
    return Clusters.withoutData().build();
  }

  @Override
  protected Map<String, Consumer<InstanceRole>> drifts() {
    return Map.of(
        "policy",
        role ->
            clients
                .iam()
                .putRolePolicy(
                    it ->
                        it.roleName(role.name())
                            .policyName("instances")
                            .policyDocument(role.role().policy().replace("ecr:BatchGet", "s3:*"))));
  }

  /** What AWS's managed policies for nodes allow, and no data. */
  @Test
  void letsNodesJoinPullImagesAndGiveAddressesToPods() {
    assertThat(desired.trustPolicy()).contains("ec2.amazonaws.com");
    assertThat(desired.policy())
        .contains("eks:DescribeCluster", "ecr:BatchGetImage", "ec2:AssignPrivateIpAddresses")
        .doesNotContain("secretsmanager:", "s3:", "dynamodb:");
  }
}
