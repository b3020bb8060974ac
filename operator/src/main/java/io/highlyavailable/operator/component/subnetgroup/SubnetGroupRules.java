package io.highlyavailable.operator.component.subnetgroup;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.component.network.Subnet;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A tier may live in every private subnet of its network. */
public final class SubnetGroupRules implements Component<SubnetGroupDesired, SubnetGroup> {
  private static final ComponentName NETWORK = new ComponentName("network");

  private final DataTier tier;

  SubnetGroupRules(DataTier tier) {
    this.tier = tier;
  }

  @Override
  public ComponentName name() {
    return tier.subnetGroup();
  }

  @Override
  public String kind() {
    return switch (tier) {
      case DATABASE -> "db-subnet-group";
      case SESSION_STORE -> "cache-subnet-group";
    };
  }

  @Override
  public String condition() {
    return tier.condition();
  }

  @Override
  public Class<SubnetGroup> resourceType() {
    return SubnetGroup.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    Set<ComponentName> home = new TreeSet<>(ManagedNetwork.homeOfData());
    home.add(NETWORK);
    return home;
  }

  @Override
  public boolean wanted(App app) {
    return tier.wanted(app) && !handedOver(app);
  }

  /** What was made by somebody else stays in its own. */
  private boolean handedOver(App app) {
    return tier == DataTier.DATABASE
        && app.databaseSettings().map(DatabaseSettings::existing).isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  @Override
  public Desired<SubnetGroupDesired> desired(App app, Upstream upstream) {
    Optional<Network> network = upstream.ready(Network.class);
    if (network.isEmpty()) {
      return new Desired.Waiting<>("waiting for the network");
    }
    return new Desired.Known<>(
        new SubnetGroupDesired(
            app.resourceName(),
            description(),
            network.get().name(),
            network.get().privateSubnets(app).stream()
                .map(Subnet::id)
                .collect(Collectors.toCollection(TreeSet::new))));
  }

  private String description() {
    return switch (tier) {
      case DATABASE -> "Private subnets for a HighlyAvailableApp's database";
      case SESSION_STORE -> "Private subnets for a HighlyAvailableApp's session store";
    };
  }

  @Override
  public List<Difference> differences(SubnetGroupDesired desired, SubnetGroup actual) {
    if (!desired.vpcId().equals(actual.vpcId())) {
      return List.of(new Difference("vpcId", desired.vpcId(), actual.vpcId(), Impact.REPLACING));
    }
    if (desired.subnetIds().equals(actual.subnetIds())) {
      return List.of();
    }
    return List.of(
        new Difference(
            "subnetIds",
            desired.subnetIds().toString(),
            actual.subnetIds().toString(),
            Impact.IN_PLACE));
  }

  @Override
  public Readiness readiness(SubnetGroupDesired desired, SubnetGroup actual) {
    return SubnetGroup.COMPLETE.equals(actual.state())
        ? new Readiness.Ready()
        : new Readiness.Progressing("its status is " + actual.state());
  }

  @Override
  public Set<String> iamActions() {
    return switch (tier) {
      case DATABASE ->
          Set.of(
              "rds:DescribeDBSubnetGroups",
              "rds:ListTagsForResource",
              "rds:CreateDBSubnetGroup",
              "rds:ModifyDBSubnetGroup",
              "rds:DeleteDBSubnetGroup",
              "rds:AddTagsToResource",
              "rds:RemoveTagsFromResource");
      case SESSION_STORE ->
          Set.of(
              "elasticache:DescribeCacheSubnetGroups",
              "elasticache:ListTagsForResource",
              "elasticache:CreateCacheSubnetGroup",
              "elasticache:ModifyCacheSubnetGroup",
              "elasticache:DeleteCacheSubnetGroup",
              "elasticache:AddTagsToResource",
              "elasticache:RemoveTagsFromResource");
    };
  }
}
