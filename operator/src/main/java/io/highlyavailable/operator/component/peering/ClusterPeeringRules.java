package io.highlyavailable.operator.component.peering;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Joins the app's VPC with the cluster's, or pods could not reach the data. The routes on the app's
 * side are those of its route tables; here are those on the cluster's.
 */
final class ClusterPeeringRules implements NetworkPiece<ClusterPeeringDesired, ClusterPeering> {
  @Override
  public ComponentName name() {
    return ManagedNetwork.CLUSTER_PEERING;
  }

  @Override
  public String kind() {
    return "vpc-peering";
  }

  @Override
  public Class<ClusterPeering> resourceType() {
    return ClusterPeering.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(ManagedNetwork.VPC);
  }

  @Override
  public boolean wanted(NetworkChoice.Managed network) {
    return network.peerWithCluster();
  }

  @Override
  public boolean needsIntent() {
    return true;
  }

  @Override
  public Desired<ClusterPeeringDesired> desired(
      NetworkChoice.Managed network, App app, Upstream upstream) {
    String cluster = upstream.settings().vpcId();
    if (cluster.isEmpty()) {
      var unknown =
          upstream
              .settings()
              .unknownCluster(
                  "spec.network.managed.peerWithCluster: the cluster's VPC is not known, so pods"
                      + " cannot reach this network",
                  "HAAPP_VPC_ID");
      return new Desired.Impossible<>(
          unknown.reason(), unknown.nextStep() + "; or set peerWithCluster to false");
    }
    Optional<Vpc> vpc = upstream.ready(Vpc.class);
    return vpc.isEmpty()
        ? new Desired.Waiting<>("waiting for the VPC")
        : new Desired.Known<>(
            new ClusterPeeringDesired(vpc.get().resourceId(), vpc.get().cidr(), cluster));
  }

  @Override
  public List<Difference> differences(ClusterPeeringDesired desired, ClusterPeering actual) {
    List<Difference> found = new ArrayList<>();
    if (!desired.clusterVpcId().equals(actual.clusterVpcId())) {
      found.add(
          new Difference(
              "clusterVpc", desired.clusterVpcId(), actual.clusterVpcId(), Impact.REPLACING));
    }
    if (actual.state().equals(ClusterPeering.PENDING)) {
      found.add(new Difference("state", ClusterPeering.ACTIVE, actual.state(), Impact.IN_PLACE));
    }
    if (!actual.unrouted().isEmpty()) {
      found.add(
          new Difference(
              "routes to " + desired.cidr(),
              "in every route table of the cluster's VPC",
              "none in " + String.join(", ", actual.unrouted()),
              Impact.IN_PLACE));
    }
    return found;
  }

  @Override
  public Readiness readiness(ClusterPeeringDesired desired, ClusterPeering actual) {
    if (!actual.state().equals(ClusterPeering.ACTIVE)) {
      return new Readiness.Progressing("its state is " + actual.state());
    }
    if (!actual.taken().isEmpty()) {
      return new Readiness.Failed(
          "the cluster's route tables %s send %s elsewhere; these routes are left as they are"
              .formatted(actual.taken(), desired.cidr()),
          "remove those routes, or create another app with another spec.network.managed.cidr");
    }
    return new Readiness.Ready();
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "ec2:DescribeVpcs",
        "ec2:DescribeRouteTables",
        "ec2:DescribeVpcPeeringConnections",
        "ec2:CreateVpcPeeringConnection",
        "ec2:AcceptVpcPeeringConnection",
        "ec2:DeleteVpcPeeringConnection",
        "ec2:CreateRoute",
        "ec2:ReplaceRoute",
        "ec2:DeleteRoute",
        "ec2:CreateTags",
        "ec2:DeleteTags");
  }
}
