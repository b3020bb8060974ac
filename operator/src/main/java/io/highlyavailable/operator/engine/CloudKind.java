package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.model.AppKey;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One component in one region, for all apps: its decisions, its adapter and the inventory that it
 * may share with others.
 *
 * @param component the decisions
 * @param adapter makes changes
 * @param feed shows what is there
 * @param <D> what should exist
 * @param <R> what exists
 */
record CloudKind<D, R extends CloudResource>(
    Component<D, R> component, Adapter<D, R> adapter, Feed<R> feed) {
  CloudKind {
    feed.serve(component);
  }

  /** Its rows, and perhaps other components'. */
  Inventory<R> inventory() {
    return feed.inventory();
  }

  /** What is known of an app's resource; from now on its changes wake the app. */
  Observation<R> observe(AppKey app, String name) {
    return feed.observe(app, component.name(), name);
  }

  /** To when the copies that apps are interested in can be restored, as far as it is known. */
  Map<String, Instant> recoveryPoints() {
    Map<String, Instant> points = new TreeMap<>();
    if (component.inRecoveryRegion()) {
      feed.names().forEach(name -> recoveryPoint(name, points));
    }
    return points;
  }

  private void recoveryPoint(String name, Map<String, Instant> points) {
    if (inventory().observe(name) instanceof Observation.Present<R>(R resource)) {
      component.restorableTo(resource).ifPresent(time -> points.put(name, time));
    }
  }

  /** Lists at once, and reads an app's resource in full again. */
  void refresh(AppKey app) {
    feed.refresh(app, component.name());
  }

  /** The app is gone, or has no use for this component any more. */
  void forget(AppKey app) {
    feed.forget(app, component.name());
  }
}
