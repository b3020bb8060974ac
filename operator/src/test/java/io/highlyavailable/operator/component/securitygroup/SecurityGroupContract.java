package io.highlyavailable.operator.component.securitygroup;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

abstract class SecurityGroupContract extends AdapterContract<SecurityGroupDesired, SecurityGroup> {
  private final int port;

  SecurityGroupContract(DataTier tier, int port) {
    super(new SecurityGroupModule(tier), List.of(new NetworkModule()));
    this.port = port;
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    String another =
        world
            .clients("somebody", CallListener.NONE)
            .ec2()
            .createSecurityGroup(
                request ->
                    request
                        .groupName("clients-of-" + name().substring(name().indexOf('/') + 1))
                        .description("other clients")
                        .vpcId(world.settings().vpcId()))
            .groupId();
    return Map.of(
        "clientSecurityGroupIds",
        it -> Records.with(it, "network", new NetworkChoice.Discover(List.of(another))));
  }

  @Override
  protected Map<String, Consumer<SecurityGroup>> drifts() {
    return Map.of("ingress", this::openToTheWorld);
  }

  private void openToTheWorld(SecurityGroup group) {
    clients
        .ec2()
        .authorizeSecurityGroupIngress(
            request ->
                request
                    .groupId(group.groupId())
                    .ipPermissions(
                        rule ->
                            rule.ipProtocol("tcp")
                                .fromPort(0)
                                .toPort(65535)
                                .ipRanges(range -> range.cidrIp("0.0.0.0/0"))));
    var cluster = world.settings().clientSecurityGroupIds().getFirst();
    clients
        .ec2()
        .revokeSecurityGroupIngress(
            request ->
                request
                    .groupId(group.groupId())
                    .ipPermissions(
                        rule ->
                            rule.ipProtocol("tcp")
                                .fromPort(port)
                                .toPort(port)
                                .userIdGroupPairs(pair -> pair.groupId(cluster))));
  }
}
