package io.highlyavailable.bench;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.testbed.aws.Call;
import io.highlyavailable.testbed.cluster.ApiServerAudit;
import io.highlyavailable.testbed.operator.OperatorProcess;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** The operator takes apps to Ready, as its own process under its own service account. */
final class OperatorRun {
  private static final Duration START = Duration.ofSeconds(60);

  /** The access key id of the operator's calls, as {@code OperatorSettings.local} sets it. */
  private static final String CALLER = "operator";

  private final Platform platform;
  private final List<HighlyAvailableApp> apps;

  OperatorRun(Platform platform, int count) {
    this.platform = platform;
    this.apps = platform.apps(count);
  }

  Measurement measure(Duration limit) throws InterruptedException {
    OperatorProcess operator = platform.operator();
    operator.start();
    operator.awaitReady(START);
    ApiServerAudit.Mark writes = platform.audit().mark();
    long calls = platform.aws().calls().mark();
    Arrivals arrivals = new Arrivals(apps.size());
    try (SharedIndexInformer<HighlyAvailableApp> informer = watch(arrivals)) {
      long begun = System.nanoTime();
      Creation.of(platform.client(), apps);
      double seconds = arrivals.await(limit, begun, operator);
      List<Call> made = platform.aws().calls().by(CALLER).since(calls);
      return Measurement.of(
          "operator",
          apps.size(),
          seconds,
          platform.audit().since(writes, platform.operatorUser()),
          made);
    }
  }

  private SharedIndexInformer<HighlyAvailableApp> watch(Arrivals arrivals) {
    return platform
        .client()
        .resources(HighlyAvailableApp.class)
        .inNamespace(Platform.NAMESPACE)
        .inform(arrivals);
  }

  /** Counts apps whose status says that they were seen ready. */
  private static final class Arrivals implements ResourceEventHandler<HighlyAvailableApp> {
    private final Set<String> ready = ConcurrentHashMap.newKeySet();
    private final CountDownLatch missing;
    private volatile long last;

    Arrivals(int count) {
      missing = new CountDownLatch(count);
    }

    @Override
    public void onAdd(HighlyAvailableApp app) {
      look(app);
    }

    @Override
    public void onUpdate(HighlyAvailableApp old, HighlyAvailableApp app) {
      look(app);
    }

    @Override
    public void onDelete(HighlyAvailableApp app, boolean unknown) {}

    private void look(HighlyAvailableApp app) {
      HighlyAvailableAppStatus status = app.getStatus();
      if (status != null
          && status.phase() == Phase.READY
          && Objects.equals(status.observedGeneration(), app.getMetadata().getGeneration())
          && ready.add(app.getMetadata().getName())) {
        last = System.nanoTime();
        missing.countDown();
      }
    }

    double await(Duration limit, long begun, OperatorProcess operator) throws InterruptedException {
      if (!missing.await(limit.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "%d apps are not ready after %d s:%n%s"
                .formatted(missing.getCount(), limit.toSeconds(), operator.logTail()));
      }
      return (last - begun) / 1e9;
    }
  }
}
