package io.highlyavailable.operator.metrics;

import io.highlyavailable.api.v1alpha1.ComponentStatus;
import io.highlyavailable.api.v1alpha1.Drift;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.operator.plan.Backups;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one app between scrapes.
 *
 * @param generation the generation of the spec that it was compared with
 * @param phase the phase it is in
 * @param ready by component, whether it does its work
 * @param differing by component, the settings that differ now
 * @param drifts by component, how many settings were found changed by others
 * @param backups to when its data can be brought back
 */
record AppFacts(
    @Nullable Long generation,
    Phase phase,
    Map<String, Boolean> ready,
    Map<String, Set<String>> differing,
    Map<String, Long> drifts,
    Backups backups) {

  /**
   * The same app, seen again.
   *
   * @param before what was known of it, or null
   * @param now its status
   * @param backups as far as they are known now; what is not stays as it was
   */
  static AppFacts of(@Nullable AppFacts before, HighlyAvailableAppStatus now, Backups backups) {
    Map<String, Boolean> ready = new TreeMap<>();
    Map<String, Set<String>> differing = new TreeMap<>();
    Map<String, Long> drifts = new TreeMap<>();
    for (ComponentStatus component : now.components()) {
      String name = component.name();
      ready.put(name, component.ready());
      differing.put(name, differences(component));
      long known = before == null ? 0 : before.drifts.getOrDefault(name, 0L);
      long news = before == null ? 0 : before.news(name, differing.get(name), now);
      drifts.put(name, known + news);
    }
    return new AppFacts(
        now.observedGeneration(),
        Objects.requireNonNull(now.phase(), "every status has a phase"),
        ready,
        differing,
        drifts,
        before == null ? backups : before.newer(backups));
  }

  /**
   * How many settings differ that did not before. While an app is being brought to what its spec
   * says, or the spec is another than before, a difference is no drift: nobody but its owner made
   * it.
   */
  private long news(String component, Set<String> now, HighlyAvailableAppStatus status) {
    boolean settled =
        (phase == Phase.READY || phase == Phase.DEGRADED)
            && Objects.equals(generation, status.observedGeneration());
    Set<String> known = differing.getOrDefault(component, Set.of());
    return settled ? now.stream().filter(field -> !known.contains(field)).count() : 0;
  }

  private Backups newer(Backups now) {
    return new Backups(
        now.latest() == null ? backups.latest() : now.latest(),
        now.copied() == null ? backups.copied() : now.copied());
  }

  private static Set<String> differences(ComponentStatus component) {
    return component.drift().stream().map(Drift::field).collect(Collectors.toSet());
  }
}
