package io.highlyavailable.operator.component.flowlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.loggroup.LogGroupModule;
import io.highlyavailable.operator.component.role.FlowLogRoleModule;
import io.highlyavailable.operator.component.vpc.VpcModule;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Tag;

class FlowLogAdapterTest extends AdapterContract<FlowLogDesired, FlowLog> {
  FlowLogAdapterTest() {
    super(
        new FlowLogModule(),
        List.of(new VpcModule(), new LogGroupModule(), new FlowLogRoleModule()));
  }

  @Override
  protected App sample() {
    return SampleApp.unique().recorded(30).build();
  }

  /** Nothing of a flow log can be changed: somebody put another in its place. */
  @Override
  protected Map<String, Consumer<FlowLog>> drifts() {
    return Map.of("role", log -> replace(log, log.logGroup(), log.roleArn() + "-other"));
  }

  private void replace(FlowLog log, String group, String role) {
    List<Tag> tags =
        log.tags().entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    clients.ec2().deleteFlowLogs(it -> it.flowLogIds(log.id()));
    clients
        .ec2()
        .createFlowLogs(
            it ->
                it.resourceType("VPC")
                    .resourceIds(log.vpcId())
                    .trafficType("ALL")
                    .logGroupName(group)
                    .deliverLogsPermissionArn(role)
                    .tagSpecifications(s -> s.resourceType("vpc-flow-log").tags(tags)));
  }

  @Test
  void saysWhenRecordsCannotBeDelivered() {
    create();
    assertThat(component.readiness(desired, observed().orElseThrow()))
        .isEqualTo(new Readiness.Ready());
    replace(observed().orElseThrow(), "/nowhere", desired.roleArn());
    Readiness found = component.readiness(desired, observed().orElseThrow());
    assertThat(found).isInstanceOf(Readiness.Failed.class);
    assertThat(found.toString()).contains("Access error", desired.logGroup());
  }
}
