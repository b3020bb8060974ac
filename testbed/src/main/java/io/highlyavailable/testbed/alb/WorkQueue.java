package io.highlyavailable.testbed.alb;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs work by key: never two at once for one key, again when a key is added meanwhile, and again
 * with a growing delay when it fails.
 */
final class WorkQueue<K> implements AutoCloseable {
  private static final Duration FIRST_DELAY = Duration.ofMillis(200);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  private final Consumer<K> work;
  private final Semaphore workers;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final Set<K> running = new HashSet<>();
  private final Set<K> dirty = new HashSet<>();
  private final Map<K, Integer> failures = new HashMap<>();
  private boolean closed;

  /**
   * @param workers how many keys are worked on at once
   * @param work may throw to be called again later
   */
  WorkQueue(int workers, Consumer<K> work) {
    this.workers = new Semaphore(workers);
    this.work = work;
  }

  /** Has a key worked on soon. */
  synchronized void add(K key) {
    if (closed) {
      return;
    }
    if (!running.add(key)) {
      dirty.add(key);
      return;
    }
    Thread.ofVirtual().start(() -> run(key));
  }

  private void run(K key) {
    boolean succeeded = false;
    try {
      workers.acquire();
      try {
        if (!isClosed()) {
          work.accept(key);
        }
        succeeded = true;
      } finally {
        workers.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The work has reported it; here only the next attempt matters.
    } finally {
      done(key, succeeded);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void done(K key, boolean succeeded) {
    running.remove(key);
    if (succeeded) {
      failures.remove(key);
    } else if (!closed) {
      int attempt = failures.merge(key, 1, Integer::sum);
      timer.schedule(() -> add(key), delay(attempt), TimeUnit.MILLISECONDS);
    }
    if (dirty.remove(key)) {
      add(key);
    }
  }

  private static long delay(int attempt) {
    return Math.min(FIRST_DELAY.toMillis() << Math.min(attempt - 1, 10), LONGEST_DELAY.toMillis());
  }

  /** Starts nothing more; what runs is not interrupted. */
  @Override
  public synchronized void close() {
    closed = true;
    timer.shutdownNow();
  }
}
