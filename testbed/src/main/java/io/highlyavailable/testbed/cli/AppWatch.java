package io.highlyavailable.testbed.cli;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.highlyavailable.testbed.cli.Manifests.AppKey;
import io.highlyavailable.testbed.cli.Row.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Follows apps until all are ready or one cannot become so, and shows each of their components. */
final class AppWatch {
  private static final Duration PERIOD = Duration.ofMillis(400);

  /** The operator goes on trying, and what was only a hiccup is over by then. */
  static final Duration STALLED_FOR_GOOD = Duration.ofSeconds(10);

  private final Map<AppKey, Long> stalledSince = new HashMap<>();
  private final KubernetesClient client;
  private final Board board;
  private final Supplier<Optional<String>> operatorEnd;
  private final Duration patience;

  /**
   * Makes a watch.
   *
   * @param patience how long an app may be stalled before that is a failure
   */
  AppWatch(
      KubernetesClient client,
      Board board,
      Supplier<Optional<String>> operatorEnd,
      Duration patience) {
    this.patience = patience;
    this.client = client;
    this.board = board;
    this.operatorEnd = operatorEnd;
  }

  /**
   * Waits.
   *
   * @return the apps, all ready
   * @throws LocalFailure when one is stalled, paused or gone, the operator has ended, or the time
   *     is over; the message has what the status says to do next
   */
  List<AppView> untilReady(List<AppKey> apps, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Map<AppKey, AppView> views = look(apps);
      views.forEach(this::show);
      views.forEach(this::failIfHopeless);
      if (views.size() == apps.size() && views.values().stream().allMatch(AppView::isReady)) {
        return List.copyOf(views.values());
      }
      failIfOperatorEnded();
      if (System.nanoTime() > end) {
        throw new LocalFailure(
            "Not ready after %s.%n%s"
                .formatted(BoardRenderer.elapsed(limit), whatIsMissing(views.values())));
      }
      pause();
    }
  }

  private void failIfOperatorEnded() {
    operatorEnd
        .get()
        .ifPresent(
            lastWords -> {
              board.failed(Platform.OPERATOR, "ended", "");
              throw new LocalFailure("The operator has ended. Its last words:\n" + lastWords);
            });
  }

  private Map<AppKey, AppView> look(List<AppKey> apps) {
    Map<AppKey, AppView> views = new LinkedHashMap<>();
    for (AppKey app : apps) {
      try {
        GenericKubernetesResource resource =
            client
                .genericKubernetesResources("highlyavailable.io/v1alpha1", "HighlyAvailableApp")
                .inNamespace(app.namespace())
                .withName(app.name())
                .get();
        if (resource == null) {
          throw new LocalFailure("App " + app.name() + " was deleted while we waited for it.");
        }
        views.put(app, AppView.of(resource));
      } catch (KubernetesClientException momentary) {
        // The next look shows more; the time limit ends it.
      }
    }
    return views;
  }

  private void show(AppKey key, AppView app) {
    String name =
        key.namespace().equals("default") ? key.name() : key.namespace() + "/" + key.name();
    Progress progress =
        app.isReady() ? Progress.DONE : app.isStalled() ? Progress.FAILED : Progress.WORKING;
    String phase = app.phase().isEmpty() ? "applied" : app.phase();
    board.set(name, progress, phase, oneLine(app.isReady() ? app.url() : app.ready().message()));
    for (AppView.Component component : app.components()) {
      String row =
          component.kind().isEmpty()
              ? name + " " + component.name()
              : "%s %s (%s)".formatted(name, component.name(), component.kind());
      board.set(
          row,
          component.ready() ? Progress.DONE : Progress.WORKING,
          component.state(),
          oneLine(component.message()));
    }
  }

  private void failIfHopeless(AppKey key, AppView app) {
    if (!app.isStalled()) {
      stalledSince.remove(key);
    } else if (System.nanoTime() - stalledSince.computeIfAbsent(key, first -> System.nanoTime())
        > patience.toNanos()) {
      throw new LocalFailure(
          "%s cannot go on: %s: %s%n%s"
              .formatted(
                  app.name(), app.stalled().reason(), app.stalled().message(), nextSteps(app)));
    }
    if (app.isPaused()) {
      throw new LocalFailure(
          app.name() + " is paused: remove its annotation highlyavailable.io/paused.");
    }
  }

  private static String whatIsMissing(Iterable<AppView> apps) {
    List<String> lines = new ArrayList<>();
    for (AppView app : apps) {
      if (!app.isReady()) {
        String why =
            app.phase().isEmpty() ? "the operator has not reported on it" : app.ready().message();
        lines.add(
            "%s is %s: %s".formatted(app.name(), app.isCurrent() ? app.phase() : "waiting", why));
        lines.add(nextSteps(app));
      }
    }
    return String.join("\n", lines).strip();
  }

  private static String nextSteps(AppView app) {
    return app.components().stream()
        .filter(component -> !component.ready())
        .map(AppWatch::nextStep)
        .collect(Collectors.joining("\n"));
  }

  private static String nextStep(AppView.Component component) {
    String step = component.nextStep().isEmpty() ? "" : "\n    next step: " + component.nextStep();
    return "  %s %s: %s%s"
        .formatted(component.name(), component.state(), oneLine(component.message()), step);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PERIOD.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalFailure("interrupted");
    }
  }
}
