package io.highlyavailable.operator.component.securitygroup;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.network.NetworkModule;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

abstract class SecurityGroupContract extends AdapterContract<SecurityGroupDesired, SecurityGroup> {
  private final int port;

  SecurityGroupContract(DataTier tier, int port) {
    super(new SecurityGroupModule(tier), List.of(new NetworkModule()));
    this.port = port;
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
