package io.highlyavailable.operator.component.instancegroup;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Nodes;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.accessentry.AccessEntry;
import io.highlyavailable.operator.component.cluster.Cluster;
import io.highlyavailable.operator.component.launchtemplate.LaunchTemplate;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NodeGroupSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Worker nodes over the private subnets of the cluster's VPC. How many there are between the bounds
 * is for the Cluster Autoscaler to say, which finds the group by its tags.
 */
public final class NodeGroupRules implements GroupRules {
  /** Time to boot and to join, before EC2's status checks count. */
  private static final int GRACE_SECONDS = 300;

  private static final int COOLDOWN_SECONDS = 300;

  /** A new node joins before an old one goes. */
  private static final int MIN_HEALTHY = 100;

  private static final int MAX_HEALTHY = 110;

  @Override
  public ComponentName name() {
    return Nodes.GROUP;
  }

  @Override
  public String condition() {
    return Nodes.CONDITION;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(Nodes.CLUSTER, Nodes.ACCESS, Nodes.LAUNCH_TEMPLATE);
  }

  @Override
  public boolean wanted(App app) {
    return Nodes.wanted(app);
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(Nodes.resource(app));
  }

  /** Nodes that may not join yet would not try for ever. */
  @Override
  public Desired<InstanceGroupDesired> desired(App app, Upstream upstream) {
    Optional<Cluster> cluster = upstream.ready(Cluster.class);
    Optional<LaunchTemplate> template = upstream.ready(Nodes.LAUNCH_TEMPLATE, LaunchTemplate.class);
    if (cluster.isEmpty()) {
      return new Desired.Waiting<>("waiting for the cluster");
    }
    if (template.isEmpty()) {
      return new Desired.Waiting<>("waiting for the nodes' launch template");
    }
    if (upstream.ready(AccessEntry.class).isEmpty()) {
      return new Desired.Waiting<>("waiting for the nodes' right to join the cluster");
    }
    return new Desired.Known<>(
        new InstanceGroupDesired(
            Nodes.resource(app),
            settings(app.nodes().orElseThrow(), cluster.get()),
            template.get().templateId(),
            String.valueOf(template.get().version()),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            tags(app, cluster.get())));
  }

  private static GroupSettings settings(NodeGroupSettings nodes, Cluster cluster) {
    return new GroupSettings(
        nodes.minSize(),
        nodes.maxSize(),
        nodes.instanceTypes().size() > 1 ? nodes.instanceTypes() : List.of(),
        cluster.privateSubnetIds(),
        "EC2",
        GRACE_SECONDS,
        0,
        COOLDOWN_SECONDS,
        MIN_HEALTHY,
        MAX_HEALTHY,
        "balanced-best-effort");
  }

  /**
   * By which the Cluster Autoscaler finds the group ("Auto-Discovery Setup" in its documentation)
   * and the cluster its nodes ("self-managed Amazon Linux nodes" in EKS's guide).
   */
  private static SortedMap<String, String> tags(App app, Cluster cluster) {
    return new TreeMap<>(
        Map.of(
            "Name",
            Nodes.resource(app),
            "kubernetes.io/cluster/" + cluster.name(),
            "owned",
            "k8s.io/cluster-autoscaler/enabled",
            "true",
            "k8s.io/cluster-autoscaler/" + cluster.name(),
            "owned",
            "k8s.io/cluster-autoscaler/node-template/label/" + Nodes.LABEL,
            Nodes.resource(app)));
  }
}
