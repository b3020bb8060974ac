package io.highlyavailable.example.webapp;

import io.highlyavailable.example.webapp.sessions.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether requests can be served now: found out at each question, never remembered. */
final class Health implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Health.class);

  /** Shorter than the probes wait for an answer. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final String OK = "ok";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Database database;
  private final Sessions sessions;
  private final Bucket bucket;

  Health(Database database, Sessions sessions, Bucket bucket) {
    this.database = database;
    this.sessions = sessions;
    this.bucket = bucket;
  }

  /** Asks everything that is needed, all at once, for 2 seconds at most. */
  Report report() {
    Map<String, CompletableFuture<String>> asked = new LinkedHashMap<>();
    asked.put("database", ask("database", this::database));
    asked.put("sessionStore", ask("sessionStore", () -> sessions.find("health")));
    asked.put("storage", ask("storage", bucket::check));
    Map<String, String> parts = new LinkedHashMap<>();
    asked.forEach((part, answer) -> parts.put(part, answer.join()));
    return new Report(parts);
  }

  private CompletableFuture<String> ask(String part, Check check) {
    return CompletableFuture.supplyAsync(() -> outcome(part, check), threads)
        .completeOnTimeout("no answer", LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The cause goes to the log only: anybody may ask. */
  private static String outcome(String part, Check check) {
    try {
      check.run();
      return OK;
    } catch (SQLException | RuntimeException e) {
      log.warn("{} is not usable: {}", part, e.toString());
      return "failed";
    }
  }

  private void database() throws SQLException {
    try (Connection connection = database.connection()) {
      if (!Schema.isCurrent(connection)) {
        throw new IllegalStateException("the database is to be migrated first");
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private interface Check {
    void run() throws SQLException;
  }

  /**
   * What was found.
   *
   * @param parts {@code ok} or what is wrong, by what was asked
   */
  record Report(Map<String, String> parts) {
    /**
     * Without the database or the sessions there is no page. Without the bucket there still is, so
     * that does not take every replica out of traffic at once.
     */
    boolean ready() {
      return OK.equals(parts.get("database")) && OK.equals(parts.get("sessionStore"));
    }

    String json() {
      return parts.entrySet().stream()
          .map(part -> "\"" + part.getKey() + "\":\"" + part.getValue() + "\"")
          .collect(Collectors.joining(",", "{\"ready\":" + ready() + ",", "}\n"));
    }
  }
}
