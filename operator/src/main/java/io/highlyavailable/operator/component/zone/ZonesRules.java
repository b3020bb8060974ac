package io.highlyavailable.operator.component.zone;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts the zones that a managed network can be spread over. Changes nothing. */
final class ZonesRules implements Component<ZonesDesired, Zones> {
  @Override
  public ComponentName name() {
    return ManagedNetwork.ZONES;
  }

  @Override
  public String kind() {
    return "availability-zones";
  }

  @Override
  public String condition() {
    return ManagedNetwork.CONDITION;
  }

  @Override
  public Class<Zones> resourceType() {
    return Zones.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  @Override
  public boolean wanted(App app) {
    return ManagedNetwork.of(app).isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.region());
  }

  @Override
  public Desired<ZonesDesired> desired(App app, Upstream upstream) {
    return new Desired.Known<>(new ZonesDesired(ManagedNetwork.of(app).orElseThrow().zones()));
  }

  @Override
  public List<Difference> differences(ZonesDesired desired, Zones actual) {
    return List.of();
  }

  @Override
  public Readiness readiness(ZonesDesired desired, Zones actual) {
    if (actual.zones().size() >= desired.count()) {
      return new Readiness.Ready();
    }
    return new Readiness.Failed(
        "spec.availability.zones: %s has %d zones, %d are asked for"
            .formatted(actual.name(), actual.zones().size(), desired.count()),
        "lower spec.availability.zones, or choose another region in spec.aws.region");
  }

  @Override
  public boolean managed() {
    return false;
  }

  @Override
  public Set<String> iamActions() {
    return Set.of("ec2:DescribeAvailabilityZones");
  }
}
