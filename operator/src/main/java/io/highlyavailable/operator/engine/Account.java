package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.CloudFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose account the operator acts in: asked in the background until it is known, and again from
 * time to time, because credentials can be exchanged under a running process.
 */
public final class Account implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Account.class);
  private static final Duration AGAIN = Duration.ofMinutes(5);
  private static final RetryDelays RETRY =
      new RetryDelays(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final Supplier<Identity> asker;
  private final Function<Throwable, CloudFailure> classifier;
  private final Runnable changed;
  private volatile State state = new State(null, null);
  private @Nullable Thread thread;

  /**
   * An account.
   *
   * @param id its twelve digits
   * @param partition such as {@code aws}
   * @param cluster the network of the operator's own cluster
   */
  public record Identity(String id, String partition, ClusterNetwork cluster) {
    /** An account in which nobody asks for the cluster. */
    public Identity(String id, String partition) {
      this(id, partition, ClusterNetwork.NONE);
    }
  }

  private record State(@Nullable Identity identity, @Nullable CloudFailure failure) {}

  /**
   * @param asker asks the provider
   * @param classifier knows what its errors mean
   * @param changed told when the answer is another than before
   */
  public Account(
      Supplier<Identity> asker, Function<Throwable, CloudFailure> classifier, Runnable changed) {
    this.asker = asker;
    this.classifier = classifier;
    this.changed = changed;
  }

  /** The account, once it is known. */
  public Optional<Identity> identity() {
    return Optional.ofNullable(state.identity());
  }

  /** Why it is not known, if asking failed. */
  public Optional<CloudFailure> failure() {
    return Optional.ofNullable(state.failure());
  }

  /** Begins to ask. */
  public void start() {
    thread = Thread.ofVirtual().name("account").start(this::run);
  }

  private void run() {
    int failures = 0;
    try {
      while (true) {
        failures = ask() ? 0 : failures + 1;
        Thread.sleep(failures == 0 ? AGAIN : RETRY.after(failures, RandomGenerator.getDefault()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ask() {
    State before = state;
    CloudFailure incomplete = null;
    try {
      Identity answer = asker.get();
      incomplete = answer.cluster().failure();
      state = new State(answer, null);
    } catch (RuntimeException e) {
      CloudFailure why = classifier.apply(e);
      state = new State(before.identity(), why);
      log.warn("Cannot learn the AWS account: {}", why.line());
    }
    if (!state.equals(before)) {
      tell();
    }
    if (incomplete != null) {
      log.warn("Cannot learn the cluster's network: {}", incomplete.line());
    }
    return state.failure() == null && incomplete == null;
  }

  private void tell() {
    try {
      changed.run();
    } catch (RuntimeException e) {
      // Without this thread nobody would ever learn the account; apps look again by themselves.
      log.warn("Cannot wake the apps", e);
    }
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
