package io.highlyavailable.example.webapp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.highlyavailable.example.webapp.sessions.Sessions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One replica of the app, serving. */
final class App implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(App.class);

  private static final int DEFAULT_PORT = 8080;

  /**
   * A pod has 30 seconds from SIGTERM on, after it went on serving for {@code
   * availability.drainSeconds}; some are left for closing.
   */
  private static final int DEFAULT_SHUTDOWN_SECONDS = 25;

  private final HttpServer server;
  private final int shutdownSeconds;
  private final Database database;
  private final Sessions sessions;
  private final Bucket bucket;
  private final Health health;
  private final Requests requests;

  private App(HttpServer server, Variables variables) {
    this.server = server;
    this.shutdownSeconds = variables.number("SHUTDOWN_SECONDS", DEFAULT_SHUTDOWN_SECONDS);
    this.database = new Database(DatabaseBinding.of(variables));
    this.sessions = Sessions.bound(variables);
    this.bucket = Bucket.bound(variables);
    this.health = new Health(database, sessions, bucket);
    this.requests =
        new Requests(
            new Visitors(sessions), new Notes(database), new Documents(database, bucket), health);
  }

  /**
   * Starts to serve on {@code PORT}, 8080 by default, at the address {@code BIND_ADDRESS}, all by
   * default.
   *
   * @throws IllegalArgumentException when a variable is missing or wrong
   */
  static App start(Variables variables) throws IOException {
    InetAddress address = InetAddress.getByName(variables.or("BIND_ADDRESS", "0.0.0.0"));
    int port = variables.number("PORT", DEFAULT_PORT);
    HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
    App app = new App(server, variables);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", app::serve);
    server.start();
    log.info("serving on port {}", port);
    return app;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      reply(exchange).send(exchange);
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    try {
      return requests.answer(exchange);
    } catch (Refusal e) {
      return e.reply();
    } catch (SQLException | RuntimeException e) {
      // Raw, so that nobody can write lines of their own into the log.
      String path = exchange.getRequestURI().getRawPath();
      log.error("{} {}: {}", exchange.getRequestMethod(), path, e.toString());
      return Reply.text(HttpURLConnection.HTTP_UNAVAILABLE, "not now, please try again")
          .with("Retry-After", "5");
    }
  }

  /** Takes no more requests, finishes those that it has, and closes all connections. */
  @Override
  public void close() {
    log.info("finishing requests");
    server.stop(shutdownSeconds);
    health.close();
    bucket.close();
    sessions.close();
    database.close();
    log.info("done");
  }
}
