package io.highlyavailable.operator.credentials;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What pods do: each connects, writes, reads and disconnects as often as it can, with the login
 * that it was started with; a rollout replaces one after the other.
 */
final class Clients {
  private static final int PODS = 4;

  /** How often each pod connects between two steps of a rollout. */
  private static final int VISITS = 5;

  private final Server server;
  private final List<Pod> pods;
  private final AtomicInteger connections = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean running = true;

  /** With what a pod logs in. */
  record Login(String user, String password) {}

  private static final class Pod {
    private final Thread thread;
    private volatile Login login;
    private final AtomicInteger visits = new AtomicInteger();

    Pod(Login login, Consumer<Pod> work) {
      this.login = login;
      this.thread = Thread.ofVirtual().unstarted(() -> work.accept(this));
    }
  }

  Clients(Server server, Login login) {
    this.server = server;
    this.pods = IntStream.range(0, PODS).mapToObj(i -> new Pod(login, this::work)).toList();
    pods.forEach(pod -> pod.thread.start());
  }

  private void work(Pod pod) {
    while (running) {
      Login login = pod.login;
      try (Connection connection = server.connect(login.user(), login.password());
          Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO visits VALUES (1)");
        statement.executeQuery("SELECT COUNT(*) FROM visits").close();
        connections.incrementAndGet();
      } catch (SQLException e) {
        failures.add(login.user() + ": " + e.getMessage());
      }
      pod.visits.incrementAndGet();
    }
  }

  /** Gives one pod after the other the new login, while all go on. */
  void roll(Login login) {
    for (Pod pod : pods) {
      pod.login = login;
      int before = pod.visits.get();
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> pod.visits.get() >= before + VISITS);
    }
  }

  int connections() {
    return connections.get();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  void close() {
    running = false;
    for (Pod pod : pods) {
      try {
        pod.thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
