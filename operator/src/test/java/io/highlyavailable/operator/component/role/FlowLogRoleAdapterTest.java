package io.highlyavailable.operator.component.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FlowLogRoleAdapterTest extends AdapterContract<RoleDesired, FlowLogRole> {
  FlowLogRoleAdapterTest() {
    super(new FlowLogRoleModule(), List.of());
  }

  @Override
  protected App sample() {
    return SampleApp.unique().recorded(30).build();
  }

  @Override
  protected Map<String, Consumer<FlowLogRole>> drifts() {
    return Map.of(
        "policy",
        role ->
            clients
                .iam()
                .putRolePolicy(
                    request ->
                        request
                            .roleName(role.name())
                            .policyName("flow-logs")
                            .policyDocument(role.role().policy().replace("flow-logs", "*"))));
  }

  @Test
  void onlyFlowLogsOfTheAccountTakeItOnToWriteToTheAppsOwnGroup() {
    assertThat(desired.trustPolicy())
        .contains("vpc-flow-logs.amazonaws.com", "aws:SourceAccount", ":vpc-flow-log/*");
    assertThat(desired.policy())
        .contains(":log-group:/highlyavailableapp/" + app.resourceName() + "/flow-logs:*")
        .doesNotContain("CreateLogGroup");
    assertThat(desired.name()).hasSizeLessThanOrEqualTo(64);
    assertThat(component.wanted(SampleApp.unique().build())).isFalse();
  }
}
