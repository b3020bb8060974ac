package io.highlyavailable.example.webapp;

import com.sun.net.httpserver.HttpExchange;
import io.highlyavailable.example.webapp.sessions.Sessions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out who visits, by a cookie and the session store. */
final class Visitors {
  private static final Pattern COOKIE = Pattern.compile("(?:^|;\\s*)session=([0-9a-f-]{36})");

  private final Sessions sessions;

  Visitors(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Who sent a request. An id that is not ours is not taken over: it may be a trap. */
  Visitor of(HttpExchange exchange) {
    return cookie(exchange)
        .flatMap(id -> sessions.find(id).map(held -> Visitor.read(id, held)))
        .orElseGet(() -> new Visitor(UUID.randomUUID().toString(), 0, ""));
  }

  /** Keeps what is known, and has the browser send the session's id the next time. */
  Reply remember(Visitor visitor, HttpExchange exchange, Reply reply) {
    sessions.keep(visitor.session(), visitor.held());
    // The load balancer ends TLS and says so.
    boolean tls = "https".equals(exchange.getRequestHeaders().getFirst("X-Forwarded-Proto"));
    return reply.with(
        "Set-Cookie",
        "session="
            + visitor.session()
            + "; Path=/; Max-Age="
            + Sessions.IDLE_SECONDS
            + "; HttpOnly; SameSite=Lax"
            + (tls ? "; Secure" : ""));
  }

  private static Optional<String> cookie(HttpExchange exchange) {
    return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
        .map(COOKIE::matcher)
        .filter(Matcher::find)
        .map(cookie -> cookie.group(1))
        .findFirst();
  }
}
