package io.highlyavailable.operator.component.natgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.internetgateway.InternetGatewayModule;
import io.highlyavailable.operator.component.publicaddress.PublicAddressModule;
import io.highlyavailable.operator.component.subnet.SubnetModule;
import io.highlyavailable.operator.component.subnet.SubnetTier;
import io.highlyavailable.operator.component.vpc.VpcModule;
import io.highlyavailable.operator.component.zone.ZonesModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NatGateways;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class NatGatewayAdapterTest extends AdapterContract<NatGatewayDesired, NatGateway> {
  NatGatewayAdapterTest() {
    super(
        new NatGatewayModule(1),
        List.of(
            new ZonesModule(),
            new VpcModule(),
            new InternetGatewayModule(),
            new SubnetModule(SubnetTier.PUBLIC, 1),
            new PublicAddressModule(1)));
  }

  @Override
  protected App sample() {
    return SampleApp.unique().managed(1, NatGateways.PER_ZONE, false).build();
  }

  @Override
  protected Map<String, Consumer<NatGateway>> drifts() {
    return Map.of();
  }

  /** EC2 makes one that has no way out, and says so a while later. */
  @Test
  void oneThatFailedIsDeletedToBeMadeAgain() {
    String vpc =
        admin()
            .ec2()
            .describeSubnets(it -> it.subnetIds(desired.subnetId()))
            .subnets()
            .getFirst()
            .vpcId();
    admin().ec2().describeInternetGateways().internetGateways().stream()
        .filter(gateway -> gateway.attachments().stream().anyMatch(a -> a.vpcId().equals(vpc)))
        .forEach(
            gateway ->
                admin()
                    .ec2()
                    .detachInternetGateway(
                        it -> it.vpcId(vpc).internetGatewayId(gateway.internetGatewayId())));
    adapter.create(desired, tags());
    NatGateway failed = observed().orElseThrow();
    assertThat(failed.state()).isEqualTo("failed");
    assertThat(component.readiness(desired, failed))
        .isInstanceOfSatisfying(
            Readiness.Failed.class,
            why -> assertThat(why.reason()).contains("Gateway.NotAttached"));
    var changes = component.differences(desired, failed);
    assertThat(changes).extracting(it -> it.field()).containsExactly("state");
    assertThat(adapter.update(failed, desired, changes).deleting()).isTrue();
    assertThat(observed()).isEmpty();
  }

  @Test
  void itPassesThroughItsStates() {
    world.emulator().transitions().natGateways(Duration.ofHours(1), Duration.ofHours(1));
    NatGateway created = create();
    assertThat(created.inTransition()).isTrue();
    assertThat(observed().orElseThrow().state()).isEqualTo("pending");
    world.emulator().transitions().complete();
    NatGateway made = observed().orElseThrow();
    assertThat(component.readiness(desired, made)).isEqualTo(new Readiness.Ready());
    assertThat(adapter.delete(made, new io.highlyavailable.operator.component.Disposal.Delete()))
        .get()
        .matches(NatGateway::deleting);
    world.emulator().transitions().complete();
    assertThat(observed()).isEmpty();
    world.emulator().transitions().natGateways(Duration.ZERO, Duration.ZERO);
  }
}
