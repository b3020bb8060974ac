package io.highlyavailable.operator.status;

import io.highlyavailable.api.v1alpha1.ZoneStatus;
import io.highlyavailable.operator.kubernetes.ZoneSpread;
import io.highlyavailable.operator.model.App;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which zones an app has, and which it lacks. */
final class ZoneFacts {
  private static final int MOST = 16;

  private final App app;
  private final ZoneSpread spread;
  private final Set<String> lost;

  /**
   * @param before zones of the status before. A zone that is lost with its nodes is known from
   *     there alone, and forgotten when as many zones are left as were asked for
   */
  ZoneFacts(App app, ZoneSpread spread, Collection<ZoneStatus> before) {
    this.app = app;
    this.spread = spread;
    this.lost = new TreeSet<>();
    if (spread.usable().size() < asked()) {
      before.forEach(zone -> lost.add(zone.name()));
      lost.addAll(spread.ready().keySet());
      lost.removeAll(spread.usable());
    }
  }

  private int asked() {
    return app.workload().availability().zones();
  }

  private boolean instances() {
    return app.instances().isPresent();
  }

  /** For the status. */
  List<ZoneStatus> status() {
    if (!spread.known()) {
      return List.of();
    }
    Set<String> names = new TreeSet<>(spread.usable());
    names.addAll(spread.ready().keySet());
    names.addAll(lost);
    return names.stream()
        .limit(MOST)
        .map(name -> new ZoneStatus(name, spread.readyIn(name)))
        .toList();
  }

  /**
   * What is lacking, in words that stay the same as long as it does.
   *
   * @param settled whether no pods come and go: between two of them a zone may have none
   */
  Optional<String> lacking(boolean settled) {
    if (!spread.known()) {
      return Optional.empty();
    }
    if (!lost.isEmpty()) {
      return Optional.of(
          (instances() ? "no private subnet is in zone " : "no node is ready in zone ")
              + String.join(", ", lost));
    }
    if (spread.usable().size() < asked()) {
      return Optional.of(
          "%s in %d zones of %d"
              .formatted(
                  instances() ? "private subnets are" : "nodes are ready",
                  spread.usable().size(),
                  asked()));
    }
    int needed = Math.min(asked(), app.workload().scale().minimum());
    if (!settled || spread.ready().size() >= needed) {
      return Optional.empty();
    }
    return Optional.of(
        "no replica is ready in zone "
            + spread.usable().stream()
                .filter(zone -> spread.readyIn(zone) == 0)
                .collect(Collectors.joining(", ")));
  }
}
