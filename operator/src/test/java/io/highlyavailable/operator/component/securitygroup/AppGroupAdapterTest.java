package io.highlyavailable.operator.component.securitygroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Instances;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AppGroupAdapterTest extends AdapterContract<SecurityGroupDesired, SecurityGroup> {
  AppGroupAdapterTest() {
    super(
        SecurityGroupModule.ofInstances(),
        List.of(new NetworkModule(), SecurityGroupModule.ofLoadBalancer()));
  }

  @Override
  protected App sample() {
    return Instances.withoutData().build();
  }

  @Override
  protected Map<String, Consumer<SecurityGroup>> drifts() {
    return Map.of(
        "ingress",
        group ->
            clients
                .ec2()
                .authorizeSecurityGroupIngress(
                    request ->
                        request
                            .groupId(group.groupId())
                            .ipPermissions(
                                rule ->
                                    rule.ipProtocol("tcp")
                                        .fromPort(22)
                                        .toPort(22)
                                        .ipRanges(range -> range.cidrIp("0.0.0.0/0")))));
  }

  @Test
  void letsInTheLoadBalancerAndNobodyElse() {
    assertThat(desired.ingress()).hasSize(1);
    Ingress only = desired.ingress().first();
    assertThat(only.fromPort()).isEqualTo(8080);
    assertThat(only.source()).startsWith("sg-");
  }
}
