package io.highlyavailable.operator.component.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MonitoringRoleAdapterTest extends AdapterContract<RoleDesired, MonitoringRole> {
  MonitoringRoleAdapterTest() {
    super(new MonitoringRoleModule(), List.of());
  }

  @Override
  protected App sample() {
    return SampleApp.unique()
        .database(
            new DatabaseSettings(
                "postgres",
                "17",
                "db.t4g.medium",
                50,
                null,
                true,
                14,
                null,
                null,
                null,
                DeletionPolicy.SNAPSHOT,
                0,
                60))
        .build();
  }

  @Override
  protected Map<String, Consumer<MonitoringRole>> drifts() {
    return Map.of(
        "policy",
        role ->
            clients
                .iam()
                .putRolePolicy(
                    request ->
                        request
                            .roleName(role.name())
                            .policyName("monitoring")
                            .policyDocument(role.role().policy().replace("RDS*", "*"))));
  }

  @Test
  void onlyRdssMonitoringTakesItOnForThisDatabase() {
    assertThat(desired.trustPolicy())
        .contains("monitoring.rds.amazonaws.com")
        .contains(":db:" + app.resourceName() + "*")
        .contains("aws:SourceAccount");
    assertThat(component.wanted(SampleApp.unique().build())).isFalse();
  }
}
