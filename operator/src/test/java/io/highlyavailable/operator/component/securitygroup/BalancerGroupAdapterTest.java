package io.highlyavailable.operator.component.securitygroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Instances;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BalancerGroupAdapterTest extends AdapterContract<SecurityGroupDesired, SecurityGroup> {
  BalancerGroupAdapterTest() {
    super(SecurityGroupModule.ofLoadBalancer(), List.of(new NetworkModule()));
  }

  @Override
  protected App sample() {
    return Instances.withoutData().build();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of("plaintext", setting("exposure", "plaintext", true));
  }

  @Override
  protected Map<String, Consumer<SecurityGroup>> drifts() {
    return Map.of(
        "ingress",
        group ->
            clients
                .ec2()
                .revokeSecurityGroupIngress(
                    request ->
                        request
                            .groupId(group.groupId())
                            .ipPermissions(
                                rule ->
                                    rule.ipProtocol("tcp")
                                        .fromPort(443)
                                        .toPort(443)
                                        .ipRanges(range -> range.cidrIp("0.0.0.0/0")))));
  }

  @Test
  void letsInTheWorldOnTheTwoPortsOfTheWeb() {
    assertThat(desired.ingress().stream().map(Ingress::toString))
        .containsExactly("0.0.0.0/0:tcp/443", "0.0.0.0/0:tcp/80");
  }

  @Test
  void letsInPrivateAddressesOnlyWhereItIsInternal() {
    App internal =
        Records.with(app, "exposure", Records.with(app.ingress().orElseThrow(), "internal", true));
    assertThat(desiredOf(internal).ingress())
        .hasSize(8)
        .noneMatch(rule -> rule.source().startsWith("0."));
  }
}
