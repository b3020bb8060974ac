package io.highlyavailable.example.webapp;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/** Answers requests. */
final class Requests {
  /** Of notes and of documents on the page. */
  private static final int SHOWN = 20;

  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_NOTE = 2000;
  private static final int LONGEST_FILE_NAME = 200;

  /** So that a few uploads at a time cannot fill the network or the bucket. */
  static final long LARGEST_DOCUMENT = 10L * 1024 * 1024;

  private static final String DOCUMENTS = "/documents";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private final Visitors visitors;
  private final Notes notes;
  private final Documents documents;
  private final Health health;

  Requests(Visitors visitors, Notes notes, Documents documents, Health health) {
    this.visitors = visitors;
    this.notes = notes;
    this.documents = documents;
    this.health = health;
  }

  /**
   * Answers one.
   *
   * @throws Refusal when it cannot be served as it is
   */
  Reply answer(HttpExchange exchange) throws IOException, SQLException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    return switch (method + " " + path) {
      case "GET /" -> page(exchange);
      case "POST /notes" -> write(exchange);
      case "POST " + DOCUMENTS -> upload(exchange);
      case "GET /healthz" -> healthz();
      // Whether the process is to be restarted: not because of what it merely uses.
      case "GET /livez" -> Reply.text(HttpURLConnection.HTTP_OK, "ok");
      case "GET /style.css" -> resource("style.css", "text/css");
      case "GET /upload.js" -> resource("upload.js", "text/javascript");
      default -> download(method, path);
    };
  }

  private Reply page(HttpExchange exchange) throws SQLException {
    Visitor visitor = visitors.of(exchange).again();
    String page = Page.html(visitor, notes.latest(SHOWN), documents.latest(SHOWN));
    return visitors.remember(visitor, exchange, Reply.of(HttpURLConnection.HTTP_OK, HTML, page));
  }

  private Reply write(HttpExchange exchange) throws IOException, SQLException {
    Form form = Form.read(exchange.getRequestBody());
    String author = form.text("author", LONGEST_NAME);
    notes.add(author, form.text("body", LONGEST_NOTE));
    // So that reloading the page writes nothing.
    Reply toPage = Reply.text(HttpURLConnection.HTTP_SEE_OTHER, "written").with("Location", "/");
    return visitors.remember(visitors.of(exchange).named(author), exchange, toPage);
  }

  private Reply upload(HttpExchange exchange) throws IOException, SQLException {
    String query = exchange.getRequestURI().getRawQuery();
    String name = Form.parse(query == null ? "" : query).text("name", LONGEST_FILE_NAME);
    Document document = documents.add(name, length(exchange), exchange.getRequestBody());
    return Reply.text(HttpURLConnection.HTTP_CREATED, "kept")
        .with("Location", DOCUMENTS + "/" + document.id());
  }

  private static long length(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length == null || !length.matches("\\d{1,18}")) {
      throw new Refusal(HttpURLConnection.HTTP_LENGTH_REQUIRED, "Content-Length is missing");
    }
    long bytes = Long.parseLong(length);
    if (bytes > LARGEST_DOCUMENT) {
      throw new Refusal(HttpURLConnection.HTTP_ENTITY_TOO_LARGE, "at most 10 MiB");
    }
    return bytes;
  }

  private Reply download(String method, String path) throws SQLException {
    Refusal unknown = new Refusal(HttpURLConnection.HTTP_NOT_FOUND, "there is no such thing");
    String prefix = DOCUMENTS + "/";
    String id = path.startsWith(prefix) ? path.substring(prefix.length()) : "";
    if (!method.equals("GET") || !id.matches(UUID_FORM)) {
      throw unknown;
    }
    Document document = documents.find(UUID.fromString(id)).orElseThrow(() -> unknown);
    return new Reply(
            HttpURLConnection.HTTP_OK,
            Map.of("Content-Type", "application/octet-stream"),
            document.size(),
            documents.open(document))
        .with("Content-Disposition", "attachment; filename*=UTF-8''" + encoded(document.name()));
  }

  private Reply healthz() {
    Health.Report report = health.report();
    int status = report.ready() ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_UNAVAILABLE;
    return Reply.of(status, "application/json", report.json());
  }

  private static Reply resource(String name, String type) {
    try (InputStream file = Requests.class.getResourceAsStream("/" + name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return Reply.of(HttpURLConnection.HTTP_OK, type + "; charset=utf-8", file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As RFC 8187 wants it, which is stricter than what forms do. */
  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
