package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.kubernetes.AppMetadata;
import io.highlyavailable.operator.kubernetes.Places;
import io.highlyavailable.operator.kubernetes.PodState;
import io.highlyavailable.operator.kubernetes.Rebalance;
import io.highlyavailable.operator.kubernetes.ZoneSpread;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.AppKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Sees how apps' pods are spread over zones, and has them moved when they stay uneven. */
public final class Spreading {
  private final KubernetesStore store;
  private final Supplier<Places> places;
  private final Rebalancer rebalancer;
  private final EventRecorder events;

  /**
   * @param store the objects
   * @param places the cluster's zones
   * @param rebalancer decides when
   * @param events told of each move
   */
  public Spreading(
      KubernetesStore store, Supplier<Places> places, Rebalancer rebalancer, EventRecorder events) {
    this.store = store;
    this.places = places;
    this.rebalancer = rebalancer;
    this.events = events;
  }

  /** How the app's pods are spread now. */
  public ZoneSpread of(App app) {
    return ZoneSpread.of(pods(app), places.get().of(app));
  }

  /**
   * Moves a pod when that is due.
   *
   * @param resource the app's object, for Events
   * @return when to look again; empty when there is nothing to wait for
   */
  public Optional<Duration> rebalance(App app, HighlyAvailableApp resource) {
    List<Pod> pods = pods(app);
    Deployment deployment =
        store.get(Deployment.class, app.key(), app.identity().name()).orElse(null);
    if (app.instances().isPresent() || !Rebalance.settled(app, deployment, pods)) {
      return Optional.empty();
    }
    return rebalancer.step(
        app.key(), Rebalance.next(app, pods, places.get().of(app)), move -> evict(resource, move));
  }

  private boolean evict(HighlyAvailableApp resource, Rebalance move) {
    boolean evicted = store.evict(move.pod());
    if (evicted) {
      events.normal(
          resource,
          "Rebalanced",
          "moved pod %s out of zone %s: zone %s has fewer"
              .formatted(move.pod().getMetadata().getName(), move.from(), move.to()));
    }
    return evicted;
  }

  private List<Pod> pods(App app) {
    return store
        .labelled(Pod.class, app.key(), AppMetadata.INSTANCE, app.identity().name())
        .stream()
        .filter(PodState::lives)
        .toList();
  }

  /** The app is gone. */
  public void forget(AppKey app) {
    rebalancer.forget(app);
  }
}
