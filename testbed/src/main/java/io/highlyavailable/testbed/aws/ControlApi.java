package io.highlyavailable.testbed.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** The emulator's JSON API under {@code /_front/}. */
final class ControlApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI endpoint;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ControlApi(URI endpoint) {
    this.endpoint = endpoint;
  }

  URI endpoint() {
    return endpoint;
  }

  JsonNode get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  JsonNode post(String path, Map<String, ?> body) {
    return send("POST", path, json(body));
  }

  JsonNode put(String path, Map<String, ?> body) {
    return send("PUT", path, json(body));
  }

  JsonNode delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  private static BodyPublisher json(Map<String, ?> body) {
    try {
      return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + body, e);
    }
  }

  private JsonNode send(String method, String path, BodyPublisher body) {
    URI uri = endpoint.resolve("/_front/" + path);
    try {
      var response =
          http.send(
              HttpRequest.newBuilder(uri).method(method, body).build(), BodyHandlers.ofByteArray());
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            "%s %s: %s".formatted(method, uri, answer.path("error").asText()));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException("no answer from the AWS emulator at " + endpoint, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while calling " + uri, e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
