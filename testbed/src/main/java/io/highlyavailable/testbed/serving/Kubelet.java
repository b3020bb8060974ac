package io.highlyavailable.testbed.serving;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays the kubelet of the serving nodes: starts a process for each pod, says when it is ready, its
 * readiness gates included, and ends it as the pod says: first its preStop hook, then SIGTERM, then
 * SIGKILL when its grace period is over.
 */
final class Kubelet implements ResourceEventHandler<Pod>, AutoCloseable {
  private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);

  private final KubernetesClient client;
  private final Path directory;
  private final boolean preStop;
  private final Map<String, Running> pods = new ConcurrentHashMap<>();
  private final Set<String> lost = new ConcurrentSkipListSet<>();
  private final AtomicInteger addresses = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final SharedIndexInformer<Pod> informer;

  /** A pod and its process. */
  private static final class Running {
    final String address;
    volatile PodProcess process;
    volatile boolean ready;
    volatile boolean ending;

    Running(String address, PodProcess process) {
      this.address = address;
      this.process = process;
    }
  }

  /**
   * @param directory for the program and the logs
   * @param preStop whether preStop hooks are run
   */
  Kubelet(KubernetesClient client, Path directory, boolean preStop) {
    this.client = client;
    this.directory = directory;
    this.preStop = preStop;
    writeProgram();
    informer = client.pods().inAnyNamespace().inform(this);
  }

  private void writeProgram() {
    try (InputStream program = Kubelet.class.getResourceAsStream("app.py")) {
      Files.createDirectories(directory);
      Files.write(program(), program.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path program() {
    return directory.resolve("app.py");
  }

  @Override
  public void onAdd(Pod pod) {
    threads.execute(() -> look(pod));
  }

  @Override
  public void onUpdate(Pod before, Pod pod) {
    threads.execute(() -> look(pod));
  }

  @Override
  public void onDelete(Pod pod, boolean unknown) {
    Running running = pods.remove(pod.getMetadata().getUid());
    if (running != null) {
      running.process.close();
    }
  }

  /** The port of the process of the pod with an address. */
  OptionalInt portOf(String address) {
    return pods.values().stream()
        .filter(pod -> pod.address.equals(address))
        .mapToInt(pod -> pod.process.port())
        .findFirst();
  }

  private void look(Pod pod) {
    String node = pod.getSpec().getNodeName();
    if (node == null || !ServingNodes.names().contains(node) || lost.contains(node)) {
      return;
    }
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      end(pod);
      return;
    }
    Running running =
        pods.computeIfAbsent(
            pod.getMetadata().getUid(), uid -> new Running(address(), process(pod)));
    if (running.ready) {
      say(pod, running);
    } else {
      begin(pod, running);
    }
  }

  private String address() {
    int number = addresses.incrementAndGet();
    return "10.99.%d.%d".formatted(number / 250, 1 + number % 250);
  }

  private PodProcess process(Pod pod) {
    String name = pod.getMetadata().getName();
    return new PodProcess(program(), name, directory.resolve(name + ".log"));
  }

  private void begin(Pod pod, Running running) {
    while (!running.ending && !running.process.answers()) {
      pause(Duration.ofMillis(50));
    }
    if (!running.ending && !lost.contains(pod.getSpec().getNodeName())) {
      running.ready = true;
      say(pod, running);
    }
  }

  /** Says that its containers are ready, and whether the pod is: its gates have a word in that. */
  private void say(Pod pod, Running running) {
    boolean gates =
        pod.getSpec().getReadinessGates().stream()
            .allMatch(gate -> holds(pod, gate.getConditionType()));
    if (running.ending || holds(pod, "ContainersReady") && holds(pod, "Ready") == gates) {
      return;
    }
    Container container = pod.getSpec().getContainers().getFirst();
    Map<String, Object> status =
        Map.of(
            "phase", "Running",
            "podIP", running.address,
            "podIPs", List.of(Map.of("ip", running.address)),
            "startTime", now(),
            "conditions",
                List.of(
                    condition("Initialized", true),
                    condition("ContainersReady", true),
                    condition("Ready", gates)),
            "containerStatuses",
                List.of(
                    Map.of(
                        "name",
                        container.getName(),
                        "image",
                        container.getImage(),
                        "imageID",
                        "",
                        "ready",
                        true,
                        "started",
                        true,
                        "restartCount",
                        0,
                        "state",
                        Map.of("running", Map.of("startedAt", now())))));
    try {
      client
          .pods()
          .resource(pod)
          .subresource("status")
          .patch(STRATEGIC, Serialization.asJson(Map.of("status", status)));
    } catch (KubernetesClientException gone) {
      // It was deleted meanwhile; the informer says so next.
      return;
    }
  }

  private static boolean holds(Pod pod, String type) {
    List<PodCondition> conditions = pod.getStatus().getConditions();
    return conditions != null
        && conditions.stream()
            .anyMatch(c -> c.getType().equals(type) && c.getStatus().equals("True"));
  }

  static Map<String, String> condition(String type, boolean holds) {
    return Map.of("type", type, "status", holds ? "True" : "False", "lastTransitionTime", now());
  }

  private static String now() {
    return Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
  }

  private void end(Pod pod) {
    Running running = pods.get(pod.getMetadata().getUid());
    if (running == null) {
      remove(pod);
      return;
    }
    synchronized (running) {
      if (running.ending) {
        return;
      }
      running.ending = true;
    }
    Long seconds = pod.getMetadata().getDeletionGracePeriodSeconds();
    Duration grace = Duration.ofSeconds(seconds == null ? 30 : seconds);
    Duration hook = preStop ? hook(pod, grace) : Duration.ZERO;
    pause(hook);
    if (!lost.contains(pod.getSpec().getNodeName())) {
      running.process.stop(grace.minus(hook));
      remove(pod);
    }
  }

  private static Duration hook(Pod pod, Duration grace) {
    var lifecycle = pod.getSpec().getContainers().getFirst().getLifecycle();
    if (lifecycle == null
        || lifecycle.getPreStop() == null
        || lifecycle.getPreStop().getSleep() == null) {
      return Duration.ZERO;
    }
    Duration hook = Duration.ofSeconds(lifecycle.getPreStop().getSleep().getSeconds());
    return hook.compareTo(grace) < 0 ? hook : grace;
  }

  private void remove(Pod pod) {
    try {
      client.pods().resource(pod).withGracePeriod(0).delete();
    } catch (KubernetesClientException e) {
      if (!threads.isShutdown()) {
        throw e;
      }
    }
  }

  /** A node is gone with all it runs, without a word. */
  void lose(String node) {
    lost.add(node);
    on(node).forEach(pod -> pods.get(pod.getMetadata().getUid()).process.close());
  }

  /** A node is there again: it finds pods that are to go, and starts the others anew. */
  void recover(String node) {
    List<Pod> found = on(node);
    for (Pod pod : found) {
      if (pod.getMetadata().getDeletionTimestamp() != null) {
        remove(pod);
      } else {
        Running running = pods.get(pod.getMetadata().getUid());
        running.process = process(pod);
        running.ready = false;
      }
    }
    lost.remove(node);
    found.forEach(pod -> threads.execute(() -> look(pod)));
  }

  private List<Pod> on(String node) {
    List<Pod> found = new ArrayList<>();
    for (Pod pod : informer.getStore().list()) {
      if (node.equals(pod.getSpec().getNodeName())
          && pods.containsKey(pod.getMetadata().getUid())) {
        found.add(pod);
      }
    }
    return found;
  }

  static void pause(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    informer.stop();
    threads.shutdownNow();
    pods.values().forEach(pod -> pod.process.close());
  }
}
