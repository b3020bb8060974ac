package io.highlyavailable.testbed.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.Port;
import io.highlyavailable.testbed.process.Supervised;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Prometheus itself, on a free port of loopback, scraping one process each second. It ends with
 * this JVM.
 */
public final class PrometheusServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Port port;
  private final Supervised process;

  private PrometheusServer(Port port, Supervised process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts it; it takes a second until it answers.
   *
   * @param directory for its configuration, data and log; made when missing
   * @param target {@code http://host:port} of what it scrapes, at {@code /metrics}
   * @param rules a rules file
   */
  public static PrometheusServer start(
      Toolchain toolchain, Path directory, URI target, Path rules) {
    Port port = Port.reserve();
    Path configuration = directory.resolve("prometheus.yml");
    try {
      Files.createDirectories(directory);
      Files.writeString(configuration, configuration(target, rules));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> line =
        List.of(
            toolchain.prometheus().resolve("prometheus").toString(),
            "--config.file=" + configuration,
            "--storage.tsdb.path=" + directory.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port.number());
    return new PrometheusServer(
        port,
        Supervised.start(Command.of("prometheus", directory.resolve("prometheus.log"), line)));
  }

  /** As the chart's ServiceMonitor has it scraped: an app's labels are kept as they are. */
  private static String configuration(URI target, Path rules) {
    return """
    global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
    rule_files: ["%s"]
    scrape_configs:
    - job_name: operator
      honor_labels: true
      static_configs: [{targets: ["%s:%d"]}]
    """
        .formatted(rules.toAbsolutePath(), target.getHost(), target.getPort());
  }

  /**
   * The result of a query now, as Prometheus's API has it: a list of series.
   *
   * @throws IllegalStateException when Prometheus refuses it, with its words
   */
  public JsonNode query(String expression) {
    return get("query", "query", expression).path("result");
  }

  /** The syntax tree of an expression. */
  public JsonNode parse(String expression) {
    return get("parse_query", "query", expression);
  }

  /** All groups of rules, with how each rule fares. */
  public JsonNode rules() {
    return get("rules", "type", "alert").path("groups");
  }

  private JsonNode get(String what, String parameter, String value) {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/api/v1/%s?%s=%s"
                .formatted(
                    port.number(),
                    what,
                    parameter,
                    URLEncoder.encode(value, StandardCharsets.UTF_8)));
    try {
      String body = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      JsonNode answer = JSON.readTree(body);
      if (!answer.path("status").asText().equals("success")) {
        throw new IllegalStateException(value + ": " + answer.path("error").asText(body));
      }
      return answer.path("data");
    } catch (IOException e) {
      throw new IllegalStateException("Prometheus does not answer, see " + process.log(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.close();
    port.close();
  }
}
