package io.highlyavailable.testbed.serving;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests at a fixed rate, whether or not earlier ones are answered: every other one on a new
 * connection, the rest on connections that are kept.
 */
public final class Load implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final int port;
  private final HttpClient kept =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("load").factory());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong sent = new AtomicLong();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  private Load(int port) {
    this.port = port;
  }

  /**
   * Begins.
   *
   * @param port of this machine
   * @param aSecond how many requests
   */
  static Load start(int port, int aSecond) {
    Load load = new Load(port);
    load.timer.scheduleAtFixedRate(
        () -> load.threads.execute(load::request), 0, 1_000_000 / aSecond, TimeUnit.MICROSECONDS);
    return load;
  }

  private void request() {
    long number = sent.incrementAndGet();
    Instant began = Instant.now();
    try {
      int status = number % 2 == 0 ? Http.status(port, TIMEOUT) : onKeptConnection();
      if (status != 200) {
        failures.add(began + " " + status);
      }
    } catch (IOException e) {
      failures.add(began + " " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int onKeptConnection() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .timeout(TIMEOUT)
            .build();
    return kept.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** How many requests were sent. */
  public long sent() {
    return sent.get();
  }

  /** When each failed one was sent, and what came of it. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  /** Ends, and waits for the answers that are due. */
  @Override
  public void close() {
    timer.shutdownNow();
    threads.close();
    kept.close();
  }
}
