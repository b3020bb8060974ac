package io.highlyavailable.operator.component.flowlog;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.NetworkPiece;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.loggroup.LogGroup;
import io.highlyavailable.operator.component.role.FlowLogRole;
import io.highlyavailable.operator.component.vpc.Vpc;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All of the VPC's traffic, in the app's own log group. EC2 refuses to make the same twice. */
final class FlowLogRules implements NetworkPiece<FlowLogDesired, FlowLog> {
  @Override
  public ComponentName name() {
    return ManagedNetwork.FLOW_LOG;
  }

  @Override
  public String kind() {
    return "flow-log";
  }

  @Override
  public Class<FlowLog> resourceType() {
    return FlowLog.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(ManagedNetwork.VPC, ManagedNetwork.FLOW_LOG_GROUP, ManagedNetwork.FLOW_LOG_ROLE);
  }

  @Override
  public boolean wanted(NetworkChoice.Managed network) {
    return network.flowLogRetentionDays() != null;
  }

  @Override
  public Desired<FlowLogDesired> desired(
      NetworkChoice.Managed network, App app, Upstream upstream) {
    Optional<Vpc> vpc = upstream.ready(Vpc.class);
    Optional<LogGroup> group = upstream.ready(LogGroup.class);
    Optional<FlowLogRole> role = upstream.ready(FlowLogRole.class);
    if (vpc.isEmpty() || group.isEmpty() || role.isEmpty()) {
      return new Desired.Waiting<>("waiting for the VPC, the log group and the role");
    }
    return new Desired.Known<>(
        new FlowLogDesired(vpc.get().resourceId(), group.get().name(), role.get().id()));
  }

  @Override
  public List<Difference> differences(FlowLogDesired desired, FlowLog actual) {
    List<Difference> found = new ArrayList<>();
    compare("vpc", desired.vpcId(), actual.vpcId(), found);
    compare("logGroup", desired.logGroup(), actual.logGroup(), found);
    compare("role", desired.roleArn(), actual.roleArn(), found);
    return found;
  }

  private static void compare(String field, String want, String have, List<Difference> found) {
    if (!want.equals(have)) {
      found.add(new Difference(field, want, have, Impact.IN_PLACE));
    }
  }

  @Override
  public Readiness readiness(FlowLogDesired desired, FlowLog actual) {
    return actual.deliveryError().isEmpty()
        ? new Readiness.Ready()
        : new Readiness.Failed(
            "records of the traffic cannot be delivered: " + actual.deliveryError(),
            "check that the permissions boundary of roles and service control policies allow "
                + desired.roleArn()
                + " to write to "
                + desired.logGroup());
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "ec2:DescribeFlowLogs",
        "ec2:CreateFlowLogs",
        "ec2:DeleteFlowLogs",
        "ec2:CreateTags",
        "ec2:DeleteTags",
        "iam:PassRole");
  }
}
