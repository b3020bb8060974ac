package io.highlyavailable.example.sessions;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts a visitor's visits. All it knows of a visitor is in the session, so that any replica, and
 * any that comes after it, goes on where the last one was. Serves on {@code PORT}, 8080 by default,
 * at the address {@code BIND_ADDRESS}, all by default.
 */
public final class Main {
  private static final Pattern COOKIE = Pattern.compile("(?:^|;\\s*)session=([0-9a-f-]{36})");
  private static final String DEFAULT_PORT = "8080";

  private final Sessions sessions;

  private Main(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Runs until it is ended. */
  public static void main(String[] arguments) throws IOException {
    Main app = new Main(Sessions.bound(System.getenv()));
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", DEFAULT_PORT));
    String address = System.getenv().getOrDefault("BIND_ADDRESS", "0.0.0.0");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", app::visit);
    server.start();
  }

  private void visit(HttpExchange exchange) throws IOException {
    try (exchange) {
      String id = session(exchange).orElseGet(() -> UUID.randomUUID().toString());
      int visits = sessions.find(id).map(Integer::parseInt).orElse(0) + 1;
      sessions.keep(id, String.valueOf(visits));
      exchange.getResponseHeaders().set("Set-Cookie", "session=" + id + "; Path=/; HttpOnly");
      byte[] body = ("visit " + visits + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Optional<String> session(HttpExchange exchange) {
    return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
        .map(COOKIE::matcher)
        .filter(Matcher::find)
        .map(cookie -> cookie.group(1))
        .findFirst();
  }
}
