package io.highlyavailable.operator.component.vpc;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.NetworkPiece;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A VPC of the app's own, with DNS: without names, databases could not be reached by theirs. */
final class VpcRules implements NetworkPiece<VpcDesired, Vpc> {
  @Override
  public ComponentName name() {
    return ManagedNetwork.VPC;
  }

  @Override
  public String kind() {
    return "vpc";
  }

  @Override
  public Class<Vpc> resourceType() {
    return Vpc.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
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
  public Desired<VpcDesired> desired(NetworkChoice.Managed network, App app, Upstream upstream) {
    return new Desired.Known<>(new VpcDesired(network.cidr().toString()));
  }

  @Override
  public List<Difference> differences(VpcDesired desired, Vpc actual) {
    List<Difference> found = new ArrayList<>();
    if (!desired.cidr().equals(actual.cidr())) {
      found.add(new Difference("cidr", desired.cidr(), actual.cidr(), Impact.REPLACING));
    }
    if (!actual.dnsSupport()) {
      found.add(new Difference("dnsSupport", "true", "false", Impact.IN_PLACE));
    }
    if (!actual.dnsHostnames()) {
      found.add(new Difference("dnsHostnames", "true", "false", Impact.IN_PLACE));
    }
    return found;
  }

  @Override
  public Readiness readiness(VpcDesired desired, Vpc actual) {
    return actual.inTransition()
        ? new Readiness.Progressing("its state is " + actual.state())
        : new Readiness.Ready();
  }

  @Override
  public String remark(App app, Vpc actual) {
    boolean apart = ManagedNetwork.of(app).filter(it -> !it.peerWithCluster()).isPresent();
    return apart
        ? "not peered with the cluster's VPC: pods cannot reach what lives in this network"
        : "";
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "ec2:DescribeVpcs",
        "ec2:DescribeVpcAttribute",
        "ec2:CreateVpc",
        "ec2:ModifyVpcAttribute",
        "ec2:DeleteVpc",
        "ec2:CreateTags",
        "ec2:DeleteTags");
  }
}
