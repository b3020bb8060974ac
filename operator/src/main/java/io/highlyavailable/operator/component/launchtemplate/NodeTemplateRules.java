package io.highlyavailable.operator.component.launchtemplate;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Nodes;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.cluster.Cluster;
import io.highlyavailable.operator.component.role.InstanceRole;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NodeGroupSettings;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What worker nodes are like: EKS's current image for the cluster's version of Kubernetes. */
public final class NodeTemplateRules implements TemplateRules {
  /** "Retrieve recommended Amazon Linux AMI IDs" in EKS's guide; EC2 reads it at launch. */
  private static final String IMAGE =
      "resolve:ssm:/aws/service/eks/optimized-ami/%s/amazon-linux-2023/%s/standard/recommended/image_id";

  /** The default of EKS's own node groups. */
  private static final int ROOT_VOLUME_GIB = 20;

  @Override
  public ComponentName name() {
    return Nodes.LAUNCH_TEMPLATE;
  }

  @Override
  public String condition() {
    return Nodes.CONDITION;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(Nodes.CLUSTER, Nodes.ROLE);
  }

  @Override
  public boolean wanted(App app) {
    return Nodes.wanted(app);
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(Nodes.resource(app));
  }

  @Override
  public Desired<LaunchTemplateDesired> desired(App app, Upstream upstream) {
    Optional<Cluster> cluster = upstream.ready(Cluster.class);
    Optional<InstanceRole> role = upstream.ready(Nodes.ROLE, InstanceRole.class);
    if (cluster.isEmpty()) {
      return new Desired.Waiting<>("waiting for the cluster");
    }
    if (role.isEmpty()) {
      return new Desired.Waiting<>("waiting for the nodes' role");
    }
    NodeGroupSettings nodes = app.nodes().orElseThrow();
    return new Desired.Known<>(
        new LaunchTemplateDesired(
            Nodes.resource(app),
            new Blueprint(
                IMAGE.formatted(cluster.get().version(), nodes.architecture().word()),
                nodes.instanceTypes().getFirst(),
                role.get().name(),
                new TreeSet<>(Set.of(cluster.get().securityGroupId())),
                ROOT_VOLUME_GIB,
                NodeConfig.of(app, cluster.get()),
                TemplateRules.volumeTags(app, Nodes.GROUP),
                true)));
  }
}
