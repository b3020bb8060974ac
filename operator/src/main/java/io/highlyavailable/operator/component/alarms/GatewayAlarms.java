package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.natgateway.NatGateway;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The alarms of the NAT gateways of an app's own network, one a zone. */
final class GatewayAlarms {
  private GatewayAlarms() {}

  /** Every gateway that an app may have. */
  static Set<ComponentName> components() {
    return ManagedNetwork.everyZone()
        .mapToObj(ManagedNetwork::natGateway)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The zones in which the app has one. */
  static IntStream zones(App app) {
    return app.network() instanceof NetworkChoice.Managed network
        ? IntStream.rangeClosed(1, network.natGatewayCount())
        : IntStream.empty();
  }

  /** Of the gateways that can be seen: CloudWatch knows them by ids, which are new with each. */
  static Stream<Alarm> of(App app, Upstream upstream) {
    return zones(app).boxed().flatMap(zone -> of(app, zone, seen(zone, upstream)).stream());
  }

  static Optional<NatGateway> seen(int zone, Upstream upstream) {
    return upstream.ready(ManagedNetwork.natGateway(zone), NatGateway.class);
  }

  static String name(App app, int zone) {
    return AlarmTable.row("nat-gateway-ports").name(app.resourceName()) + "-" + zone;
  }

  private static Optional<Alarm> of(App app, int zone, Optional<NatGateway> gateway) {
    AlarmTable row = AlarmTable.row("nat-gateway-ports");
    return gateway.map(
        it ->
            row.named(
                name(app, zone),
                row.single(new TreeMap<>(Map.of("NatGatewayId", it.resourceId()))),
                row.threshold()));
  }
}
