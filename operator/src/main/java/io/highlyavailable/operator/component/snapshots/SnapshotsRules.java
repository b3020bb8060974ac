package io.highlyavailable.operator.component.snapshots;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.AppIdentity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the snapshots of the app's databases: what a new database could begin with, and what a lost
 * one could be brought back from.
 */
public final class SnapshotsRules implements Component<SnapshotsDesired, Snapshots> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("database-snapshots");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "rds-snapshots";
  }

  @Override
  public String condition() {
    return "DatabaseReady";
  }

  @Override
  public Class<Snapshots> resourceType() {
    return Snapshots.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  @Override
  public boolean wanted(App app) {
    return app.databaseSettings().isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    AppIdentity identity = app.identity();
    return Optional.of(nameOf(identity.clusterId(), identity.namespace(), identity.name()));
  }

  /** How the snapshots of one app are filed. */
  static String nameOf(String clusterId, String namespace, String name) {
    return clusterId + "/" + namespace + "/" + name;
  }

  @Override
  public Desired<SnapshotsDesired> desired(App app, Upstream upstream) {
    return new Desired.Known<>(new SnapshotsDesired());
  }

  @Override
  public List<Difference> differences(SnapshotsDesired desired, Snapshots actual) {
    return List.of();
  }

  @Override
  public Readiness readiness(SnapshotsDesired desired, Snapshots actual) {
    return new Readiness.Ready();
  }

  @Override
  public Optional<Snapshots> none(String name) {
    return Optional.of(new Snapshots(name, List.of()));
  }

  @Override
  public boolean managed() {
    return false;
  }

  @Override
  public Set<String> iamActions() {
    return Set.of("rds:DescribeDBSnapshots");
  }
}
