package io.highlyavailable.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Serves {@code /healthz}, {@code /readyz} and {@code /metrics}. */
final class HttpEndpoint implements AutoCloseable {
  private final HttpServer server;

  /**
   * Listens at once.
   *
   * @param host the address to listen on
   * @param port 0 for a free one
   * @param alive whether the process should live on
   * @param ready whether it is started
   * @param metrics in Prometheus's text format
   */
  HttpEndpoint(
      InetAddress host,
      int port,
      BooleanSupplier alive,
      BooleanSupplier ready,
      Supplier<String> metrics) {
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on HAAPP_HTTP_PORT " + port, e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/healthz", exchange -> probe(exchange, alive));
    server.createContext("/readyz", exchange -> probe(exchange, ready));
    server.createContext(
        "/metrics", exchange -> answer(exchange, 200, "text/plain; version=0.0.4", metrics.get()));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void probe(HttpExchange exchange, BooleanSupplier fine) throws IOException {
    boolean yes = fine.getAsBoolean();
    answer(exchange, yes ? 200 : 503, "text/plain", yes ? "ok\n" : "not ok\n");
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
