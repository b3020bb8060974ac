package io.highlyavailable.operator.component.cluster;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Nodes;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the cluster that nodes are to join. Changes nothing. */
public final class ClusterRules implements Component<ClusterDesired, Cluster> {
  /** Nodes in one zone would all be lost with it. */
  private static final int LEAST_ZONES = 2;

  @Override
  public ComponentName name() {
    return Nodes.CLUSTER;
  }

  @Override
  public String kind() {
    return "eks-cluster";
  }

  @Override
  public String condition() {
    return Nodes.CONDITION;
  }

  @Override
  public Class<Cluster> resourceType() {
    return Cluster.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  @Override
  public boolean wanted(App app) {
    return Nodes.wanted(app);
  }

  /** A cluster that nobody has named is not found, and {@link #missing} says what to do. */
  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(settings.eksCluster().isEmpty() ? "not-configured" : settings.eksCluster());
  }

  @Override
  public Desired<ClusterDesired> desired(App app, Upstream upstream) {
    return new Desired.Known<>(new ClusterDesired());
  }

  @Override
  public List<Difference> differences(ClusterDesired desired, Cluster actual) {
    return List.of();
  }

  @Override
  public Readiness missing(App app, Upstream.Settings settings) {
    return settings.eksCluster().isEmpty()
        ? new Readiness.Failed(
            "spec.nodeGroup: the cluster's name in EKS is not known",
            "set HAAPP_EKS_CLUSTER in the operator's configuration, or remove spec.nodeGroup")
        : new Readiness.Failed(
            "spec.nodeGroup: EKS knows no cluster " + settings.eksCluster() + " in " + app.region(),
            "correct HAAPP_EKS_CLUSTER in the operator's configuration, or set spec.aws.region to"
                + " the cluster's region");
  }

  /** One that is being updated takes nodes all the same. */
  @Override
  public Readiness readiness(ClusterDesired desired, Cluster actual) {
    if (!Set.of(Cluster.ACTIVE, Cluster.UPDATING).contains(actual.state())) {
      return new Readiness.Progressing("the cluster is " + actual.state());
    }
    return actual.zones() >= LEAST_ZONES
        ? new Readiness.Ready()
        : new Readiness.Failed(
            "spec.nodeGroup: the cluster's VPC has private subnets in "
                + actual.zones()
                + " availability zones, and nodes need two",
            "tag a private subnet in each zone kubernetes.io/role/internal-elb=1");
  }

  @Override
  public boolean managed() {
    return false;
  }

  @Override
  public Set<String> iamActions() {
    return Set.of("eks:DescribeCluster", "ec2:DescribeSubnets");
  }
}
