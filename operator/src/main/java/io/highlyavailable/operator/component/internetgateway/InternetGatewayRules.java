package io.highlyavailable.operator.component.internetgateway;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.NetworkPiece;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.vpc.Vpc;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One internet gateway, attached to the VPC. */
final class InternetGatewayRules implements NetworkPiece<InternetGatewayDesired, InternetGateway> {
  @Override
  public ComponentName name() {
    return ManagedNetwork.INTERNET_GATEWAY;
  }

  @Override
  public String kind() {
    return "internet-gateway";
  }

  @Override
  public Class<InternetGateway> resourceType() {
    return InternetGateway.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(ManagedNetwork.VPC);
  }

  @Override
  public boolean wanted(NetworkChoice.Managed network) {
    return true;
  }

  @Override
  public boolean needsIntent() {
    return true;
  }

  @Override
  public Desired<InternetGatewayDesired> desired(
      NetworkChoice.Managed network, App app, Upstream upstream) {
    Optional<Vpc> vpc = upstream.ready(Vpc.class);
    return vpc.isEmpty()
        ? new Desired.Waiting<>("waiting for the VPC")
        : new Desired.Known<>(new InternetGatewayDesired(vpc.get().resourceId()));
  }

  @Override
  public List<Difference> differences(InternetGatewayDesired desired, InternetGateway actual) {
    if (desired.vpcId().equals(actual.vpcId())) {
      return List.of();
    }
    String attached = actual.vpcId().isEmpty() ? "none" : actual.vpcId();
    return List.of(new Difference("vpc", desired.vpcId(), attached, Impact.IN_PLACE));
  }

  @Override
  public Readiness readiness(InternetGatewayDesired desired, InternetGateway actual) {
    return desired.vpcId().equals(actual.vpcId())
        ? new Readiness.Ready()
        : new Readiness.Progressing("it is being attached");
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "ec2:DescribeInternetGateways",
        "ec2:CreateInternetGateway",
        "ec2:AttachInternetGateway",
        "ec2:DetachInternetGateway",
        "ec2:DeleteInternetGateway",
        "ec2:CreateTags",
        "ec2:DeleteTags");
  }
}
