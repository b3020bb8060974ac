package io.highlyavailable.operator.component.zone;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.ReadOnlyAdapter;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneState;
import software.amazon.awssdk.services.ec2.model.Filter;

/** Reads the zones of the region; neither local zones nor those that an account must opt in to. */
public final class ZonesAdapter implements ReadOnlyAdapter<ZonesDesired, Zones> {
  private final AwsClients clients;

  ZonesAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "ec2";
  }

  @Override
  public Listing<Zones> list() {
    Filter usual = Filter.builder().name("opt-in-status").values("opt-in-not-required").build();
    return Listing.of(
        List.of(
            new Zones(
                clients.region(),
                clients
                    .ec2()
                    .describeAvailabilityZones(request -> request.filters(usual))
                    .availabilityZones()
                    .stream()
                    .filter(zone -> zone.state() == AvailabilityZoneState.AVAILABLE)
                    .filter(ZonesAdapter::regular)
                    .map(AvailabilityZone::zoneName)
                    .toList())));
  }

  private static boolean regular(AvailabilityZone zone) {
    return zone.zoneType() == null || zone.zoneType().equals("availability-zone");
  }

  @Override
  public Optional<Zones> find(String name) {
    return list().rows().stream().filter(zones -> zones.name().equals(name)).findFirst();
  }
}
