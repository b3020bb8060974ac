package io.highlyavailable.operator.component.engineversion;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds RDS's default version for an app that leaves its database's version open. */
public final class DefaultVersionRules implements Component<DefaultVersionDesired, DefaultVersion> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("database-default-version");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "rds-engine-version";
  }

  @Override
  public String condition() {
    return "DatabaseReady";
  }

  @Override
  public Class<DefaultVersion> resourceType() {
    return DefaultVersion.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  @Override
  public boolean wanted(App app) {
    return app.databaseSettings().filter(database -> database.version() == null).isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.databaseSettings().map(DatabaseSettings::engine).orElse(""));
  }

  @Override
  public Desired<DefaultVersionDesired> desired(App app, Upstream upstream) {
    return new Desired.Known<>(new DefaultVersionDesired());
  }

  @Override
  public List<Difference> differences(DefaultVersionDesired desired, DefaultVersion actual) {
    return List.of();
  }

  @Override
  public Readiness readiness(DefaultVersionDesired desired, DefaultVersion actual) {
    return new Readiness.Ready();
  }

  @Override
  public boolean managed() {
    return false;
  }

  @Override
  public Set<String> iamActions() {
    return Set.of("rds:DescribeDBEngineVersions");
  }
}
