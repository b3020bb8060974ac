package io.highlyavailable.operator.component.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Instances;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

class InstanceRoleAdapterTest extends AdapterContract<RoleDesired, InstanceRole> {
  private static final String OF_ECR = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/shop:1";

  InstanceRoleAdapterTest() {
    super(InstanceRoleModule.ofInstances(), List.of());
  }

  @Override
  protected App sample() {
    return Instances.withoutData().build();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of("image", setting("workload", "image", OF_ECR));
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
                            .policyDocument(role.role().policy().replace("GetSecretValue", "*"))),
        "instanceProfile",
        role -> {
          clients
              .iam()
              .removeRoleFromInstanceProfile(
                  it -> it.instanceProfileName(role.name()).roleName(role.name()));
          clients.iam().deleteInstanceProfile(it -> it.instanceProfileName(role.name()));
        });
  }

  @Test
  void theProfileGoesWithTheRole() {
    deleteUntilGone(create());
    assertThatThrownBy(() -> clients.iam().getInstanceProfile(it -> it.instanceProfileName(name())))
        .isInstanceOf(NoSuchEntityException.class);
  }

  @Test
  void readsItsOneSecretAndNothingElse() {
    assertThat(desired.trustPolicy()).contains("ec2.amazonaws.com");
    assertThat(desired.policy())
        .contains(":secret:" + app.resourceName() + "-environment-??????")
        .doesNotContain("ecr:")
        .doesNotContain("s3:");
  }

  @Test
  void fetchesItsImageFromEcrAndNoOther() {
    App ofEcr = setting("workload", "image", OF_ECR).apply(app);
    assertThat(desiredOf(ofEcr).policy())
        .contains("arn:aws:ecr:eu-west-1:111122223333:repository/team/shop\"")
        .contains("ecr:GetAuthorizationToken");
  }
}
