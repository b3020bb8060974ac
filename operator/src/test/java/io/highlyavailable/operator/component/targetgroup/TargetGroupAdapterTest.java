package io.highlyavailable.operator.component.targetgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.targetgroup.TargetGroup.Target;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Names;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;

class TargetGroupAdapterTest extends AdapterContract<TargetGroupDesired, TargetGroup> {
  private static final String DELAY = "deregistration_delay.timeout_seconds";

  TargetGroupAdapterTest() {
    super(new TargetGroupModule(), List.of(new NetworkModule()));
  }

  @Override
  protected App sample() {
    return SampleApp.unique().instances().build();
  }

  @Override
  protected Map<String, Consumer<TargetGroup>> drifts() {
    return Map.of(
        "healthCheck",
        group ->
            clients
                .elb()
                .modifyTargetGroup(it -> it.targetGroupArn(group.id()).healthCheckPath("/other")),
        "deregistrationDelay",
        group ->
            clients
                .elb()
                .modifyTargetGroupAttributes(
                    it ->
                        it.targetGroupArn(group.id()).attributes(a -> a.key(DELAY).value("600"))));
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of(
        "healthCheckPath",
        setting("exposure", "healthCheckPath", "/ready"),
        "drain",
        TargetGroupAdapterTest::drainLonger);
  }

  private static App drainLonger(App app) {
    var longer = Records.with(app.workload().availability(), "drain", Duration.ofSeconds(90));
    return Records.with(app, "workload", Records.with(app.workload(), "availability", longer));
  }

  /** Its targets go from one state to the next, and are looked at often until they are settled. */
  @Test
  void followsTheHealthOfItsTargets() {
    TargetGroup group = create();
    assertThat(group.state()).isEqualTo("no targets");
    listen(group);
    var transitions = world.emulator().transitions();
    transitions.loadBalancing(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1));
    String instance = instance();
    admin().elb().registerTargets(it -> it.targetGroupArn(group.id()).targets(t -> t.id(instance)));
    assertThat(observed().orElseThrow().targets())
        .containsEntry(instance, new Target("initial", "Elb.RegistrationInProgress"));
    assertThat(observed().orElseThrow().unsettled()).isTrue();
    transitions.complete();
    assertThat(observed().orElseThrow().state()).isEqualTo("1/1 healthy");
    assertThat(observed().orElseThrow().unsettled()).isFalse();
    world.emulator().forceTargetHealth(group.name(), "unhealthy");
    assertThat(component.remark(observed().orElseThrow()))
        .isEqualTo("unhealthy: " + instance + " Target.FailedHealthChecks");
    admin()
        .elb()
        .deregisterTargets(it -> it.targetGroupArn(group.id()).targets(t -> t.id(instance)));
    assertThat(observed().orElseThrow().state()).isEqualTo("no targets");
    assertThat(observed().orElseThrow().unsettled()).isTrue();
    transitions.complete();
    assertThat(observed().orElseThrow().targets()).isEmpty();
    transitions.loadBalancing(Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  private void listen(TargetGroup group) {
    String subnets = Names.balancer(app.identity());
    List<String> all =
        admin()
            .ec2()
            .describeSubnets(
                it -> it.filters(f -> f.name("vpc-id").values(desired.place().vpcId())))
            .subnets()
            .stream()
            .filter(it -> it.tags().stream().anyMatch(t -> t.key().endsWith("role/elb")))
            .map(it -> it.subnetId())
            .toList();
    String balancer =
        admin()
            .elb()
            .createLoadBalancer(it -> it.name(subnets).subnets(all))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    admin()
        .elb()
        .createListener(
            it ->
                it.loadBalancerArn(balancer)
                    .protocol("HTTP")
                    .port(80)
                    .defaultActions(
                        a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(group.id())));
  }

  private String instance() {
    return admin()
        .ec2()
        .runInstances(it -> it.imageId("ami-12c6146b").minCount(1).maxCount(1))
        .instances()
        .getFirst()
        .instanceId();
  }
}
