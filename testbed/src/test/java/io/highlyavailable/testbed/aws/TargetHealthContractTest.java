package io.highlyavailable.testbed.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.network.NetworkSeed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/**
 * Source: "Target health status" and "Deregistration delay" in the user guide of Application Load
 * Balancers; the data type TargetHealth in the API reference (2015-12-01).
 */
class TargetHealthContractTest extends EmulatorTest {
  private static final String ADDRESS = "10.0.1.1";

  private final ElasticLoadBalancingV2Client elb = client(ElasticLoadBalancingV2Client.builder());
  private Network network;

  @BeforeEach
  void makeNetwork() {
    network = NetworkSeed.ensure(emulator().endpoint(), "us-east-1", "test");
  }

  private String createGroup(String name) {
    return elb.createTargetGroup(
            b ->
                b.name(name)
                    .protocol(ProtocolEnum.HTTP)
                    .port(80)
                    .vpcId(network.vpcId())
                    .targetType(TargetTypeEnum.IP))
        .targetGroups()
        .getFirst()
        .targetGroupArn();
  }

  /** A load balancer that sends its requests to a group. */
  private String listen(String group) {
    String balancer =
        elb.createLoadBalancer(b -> b.name("shop").subnets(network.publicSubnetIds()))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    return elb.createListener(
            b ->
                b.loadBalancerArn(balancer)
                    .protocol(ProtocolEnum.HTTP)
                    .port(80)
                    .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(group)))
        .listeners()
        .getFirst()
        .listenerArn();
  }

  private void register(String group) {
    elb.registerTargets(b -> b.targetGroupArn(group).targets(it -> it.id(ADDRESS).port(8080)));
  }

  private List<TargetHealthDescription> targets(String group) {
    return elb.describeTargetHealth(b -> b.targetGroupArn(group)).targetHealthDescriptions();
  }

  private TargetHealth health(String group) {
    return targets(group).getFirst().targetHealth();
  }

  private void assertHealth(
      String group, TargetHealthStateEnum state, TargetHealthReasonEnum reason) {
    assertThat(health(group).state()).isEqualTo(state);
    assertThat(health(group).reason()).isEqualTo(reason);
  }

  @Test
  void targetsAreHealthyOnlyWhileALoadBalancerUsesTheirGroup() {
    String group = createGroup("pods");
    register(group);
    assertThat(health(group).state()).isEqualTo(TargetHealthStateEnum.UNUSED);

    String listener = listen(group);
    assertThat(health(group).state()).isEqualTo(TargetHealthStateEnum.HEALTHY);

    elb.deleteListener(b -> b.listenerArn(listener));
    assertThat(health(group).state()).isEqualTo(TargetHealthStateEnum.UNUSED);
    elb.deleteTargetGroup(b -> b.targetGroupArn(group));
  }

  @Test
  void aTargetIsInitialUntilItsFirstChecksAreOver() {
    String group = createGroup("pods");
    listen(group);
    emulator().transitions().loadBalancing(Duration.ZERO, Duration.ofHours(1), Duration.ZERO);
    register(group);
    assertHealth(
        group, TargetHealthStateEnum.INITIAL, TargetHealthReasonEnum.ELB_REGISTRATION_IN_PROGRESS);
    emulator().transitions().complete();
    assertHealth(group, TargetHealthStateEnum.HEALTHY, null);
  }

  @Test
  void theFirstChecksBeginWhenALoadBalancerUsesTheGroup() {
    String group = createGroup("pods");
    register(group);
    emulator().transitions().loadBalancing(Duration.ZERO, Duration.ofHours(1), Duration.ZERO);
    listen(group);
    assertThat(health(group).state()).isEqualTo(TargetHealthStateEnum.INITIAL);
    emulator().transitions().complete();
    assertThat(health(group).state()).isEqualTo(TargetHealthStateEnum.HEALTHY);
  }

  @Test
  void aTargetIsAsItsChecksFindIt() {
    String group = createGroup("pods");
    listen(group);
    emulator().forceTargetHealth("pods", "unhealthy");
    register(group);
    TargetHealthReasonEnum failed = TargetHealthReasonEnum.TARGET_FAILED_HEALTH_CHECKS;
    assertHealth(group, TargetHealthStateEnum.UNHEALTHY, failed);
    register(group);
    assertHealth(group, TargetHealthStateEnum.UNHEALTHY, failed);
    emulator().forceTargetHealth("pods", ADDRESS, "healthy");
    assertHealth(group, TargetHealthStateEnum.HEALTHY, null);
  }

  @Test
  void aTargetThatIsTakenOutDrainsBeforeItIsGone() {
    String group = createGroup("pods");
    listen(group);
    register(group);
    emulator().transitions().loadBalancing(Duration.ZERO, Duration.ZERO, Duration.ofHours(1));
    elb.deregisterTargets(b -> b.targetGroupArn(group).targets(it -> it.id(ADDRESS)));
    assertHealth(
        group,
        TargetHealthStateEnum.DRAINING,
        TargetHealthReasonEnum.TARGET_DEREGISTRATION_IN_PROGRESS);
    emulator().transitions().complete();
    assertThat(targets(group)).isEmpty();
  }

  /** ModifyListener: what it forwards to is another group then. */
  @Test
  void aListenerThatIsPointedElsewhereLeavesItsGroupUnused() {
    String first = createGroup("first");
    String second = createGroup("second");
    register(first);
    register(second);
    String listener = listen(first);
    elb.modifyListener(
        b ->
            b.listenerArn(listener)
                .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(second)));
    assertThat(health(first).state()).isEqualTo(TargetHealthStateEnum.UNUSED);
    assertThat(health(second).state()).isEqualTo(TargetHealthStateEnum.HEALTHY);
  }
}
