package io.highlyavailable.operator;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a running operator whether it is ready; what {@code helm test} runs. */
final class ReadyCheck {
  /** The argument that makes the operator's image do this; the URL follows. */
  static final String ARGUMENT = "--check-ready";

  private static final Logger log = LoggerFactory.getLogger(ReadyCheck.class);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private ReadyCheck() {}

  /**
   * Asks once.
   *
   * @return the exit code: 0 for ready, 1 for not
   */
  static int run(URI ready) {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(ready).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      log.info("{} answers {} {}", ready, answer.statusCode(), answer.body().strip());
      return answer.statusCode() == HttpURLConnection.HTTP_OK ? 0 : 1;
    } catch (IOException e) {
      log.error("{} does not answer: {}", ready, e.toString());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}
