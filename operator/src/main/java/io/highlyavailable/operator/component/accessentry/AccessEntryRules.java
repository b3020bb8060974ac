package io.highlyavailable.operator.component.accessentry;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Nodes;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.cluster.Cluster;
import io.highlyavailable.operator.component.role.InstanceRole;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets the role of an app's worker nodes join the cluster, and do nothing else there. */
public final class AccessEntryRules implements Component<AccessEntryDesired, AccessEntry> {
  /** "Create access entries" in EKS's guide: of a role that self-managed Linux nodes have. */
  static final String NODES = "EC2_LINUX";

  @Override
  public ComponentName name() {
    return Nodes.ACCESS;
  }

  @Override
  public String kind() {
    return "eks-access-entry";
  }

  @Override
  public String condition() {
    return Nodes.CONDITION;
  }

  @Override
  public Class<AccessEntry> resourceType() {
    return AccessEntry.class;
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
    return settings.accountId().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "arn:%s:iam::%s:role%s%s"
                .formatted(
                    settings.partition(),
                    settings.accountId(),
                    settings.iamPath(),
                    Nodes.role(app)));
  }

  /** EKS refuses a role that does not exist. */
  @Override
  public Desired<AccessEntryDesired> desired(App app, Upstream upstream) {
    if (upstream.ready(Cluster.class).isEmpty()) {
      return new Desired.Waiting<>("waiting for the cluster");
    }
    Optional<InstanceRole> role = upstream.ready(Nodes.ROLE, InstanceRole.class);
    return role.isEmpty()
        ? new Desired.Waiting<>("waiting for the nodes' role")
        : new Desired.Known<>(new AccessEntryDesired(role.get().id(), NODES));
  }

  @Override
  public List<Difference> differences(AccessEntryDesired desired, AccessEntry actual) {
    return desired.type().equals(actual.type())
        ? List.of()
        : List.of(new Difference("type", desired.type(), actual.type(), Impact.REPLACING));
  }

  @Override
  public Readiness readiness(AccessEntryDesired desired, AccessEntry actual) {
    return new Readiness.Ready();
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "eks:ListAccessEntries",
        "eks:DescribeAccessEntry",
        "eks:CreateAccessEntry",
        "eks:DeleteAccessEntry",
        "eks:TagResource",
        "eks:UntagResource");
  }
}
