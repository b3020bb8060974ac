package io.highlyavailable.example.webapp;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a request is answered with.
 *
 * @param status HTTP's
 * @param headers beside those that every reply has
 * @param length of the body in bytes
 * @param body is closed when it is sent
 */
record Reply(int status, Map<String, String> headers, long length, InputStream body) {
  /** Nothing but this origin's own, and no guessing what a file might be. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cache-Control",
          "no-store");

  static Reply of(int status, String type, String text) {
    return of(status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply of(int status, String type, byte[] body) {
    return new Reply(
        status, Map.of("Content-Type", type), body.length, new ByteArrayInputStream(body));
  }

  static Reply text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text + "\n");
  }

  Reply with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, length, body);
  }

  void send(HttpExchange exchange) throws IOException {
    try (InputStream content = body) {
      ALWAYS.forEach(exchange.getResponseHeaders()::set);
      headers.forEach(exchange.getResponseHeaders()::set);
      // -1 is the server's word for no body at all.
      exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
      // Closed here: closing the exchange would first wait for a request that nobody read.
      try (OutputStream out = exchange.getResponseBody()) {
        content.transferTo(out);
      }
    }
  }
}
