package io.highlyavailable.example.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.testbed.process.Supervised;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The app as a process of its own, with the JVM's options of its image. */
record Replica(Supervised process, int port) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Starts one, and returns at once. */
  static Replica start(Servers servers, Certificate certificate, Map<String, String> injected) {
    int port = servers.port();
    Map<String, String> environment = new TreeMap<>(injected);
    environment.put("PORT", String.valueOf(port));
    environment.put("BIND_ADDRESS", "127.0.0.1");
    return new Replica(servers.start("app", line(certificate, List.of()), environment), port);
  }

  /**
   * Runs the migration to its end.
   *
   * @return the exit code
   */
  static int migrate(Servers servers, Certificate certificate, Map<String, String> injected)
      throws InterruptedException {
    return servers.start("migration", line(certificate, List.of("migrate")), injected).waitFor();
  }

  static List<String> line(Certificate certificate, List<String> arguments) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@image/java.options",
                "-Djavax.net.ssl.trustStore=" + certificate.trust(),
                "-Djavax.net.ssl.trustStorePassword=" + Certificate.TRUST_PASSWORD,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
    line.addAll(arguments);
    return line;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  /** The page, with what a browser that was given this cookie would send. */
  String visit(String cookie) throws IOException, InterruptedException {
    return send(request("/").header("Cookie", cookie)).body();
  }

  HttpResponse<String> write(String author, String body) throws IOException, InterruptedException {
    String form = "author=" + encoded(author) + "&body=" + encoded(body);
    return send(
        request("/notes")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  HttpResponse<String> upload(String name, byte[] content)
      throws IOException, InterruptedException {
    return send(
        request("/documents?name=" + encoded(name))
            .POST(HttpRequest.BodyPublishers.ofByteArray(content)));
  }

  HttpResponse<byte[]> download(String path) throws IOException, InterruptedException {
    return HTTP.send(request(path).build(), BodyHandlers.ofByteArray());
  }

  /** Waits until the answer to {@code /healthz} has this status, and says this of each part. */
  void awaitHealth(int status, String... parts) {
    await()
        .atMost(Servers.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              HttpResponse<String> answer = get("/healthz");
              assertThat(answer.statusCode()).isEqualTo(status);
              assertThat(answer.body()).contains("\"ready\":" + (status == 200));
              assertThat(List.of(parts))
                  .allSatisfy(part -> assertThat(answer.body()).contains(part));
            });
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
