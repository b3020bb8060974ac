package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What EKS puts into the operator's pod for either way to a role is all that the operator needs.
 */
@WithRig
class CredentialSourcesIT {
  private static final String KEY = "ASIAPODIDENTITY";

  private static final String APP =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: registry.example.com/shop:1
        deletionProtection: false
        deletionPolicy: Delete
        storage: {s3: {}}
      """;

  /** Pod Identity: the address of its agent, and a token. The chart has nothing to say. */
  @Test
  void signsWithWhatTheAgentOfPodIdentityAnswers(Rig rig, Stage stage, @TempDir Path directory)
      throws IOException {
    Path token = Files.writeString(directory.resolve("eks-pod-identity-token"), "of-the-pod");
    Queue<String> tokens = new ConcurrentLinkedQueue<>();
    HttpServer agent = agent(tokens);
    try {
      long mark = rig.emulator().calls().mark();
      stage.operator(
          stage
              .ownSettings()
              .with("AWS_ACCESS_KEY_ID", "")
              .with("AWS_SECRET_ACCESS_KEY", "")
              .with(
                  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                  "http://127.0.0.1:%d/v1/credentials".formatted(agent.getAddress().getPort()))
              .with("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString()));
      stage.apply(APP).awaitReady();
      assertThat(rig.emulator().calls().by(KEY).mutations(mark))
          .anyMatch(call -> call.operation().equals("CreateBucket"));
      assertThat(rig.emulator().calls().by(Rig.OPERATOR).since(mark)).isEmpty();
      assertThat(tokens).isNotEmpty().containsOnly("of-the-pod");
    } finally {
      agent.stop(0);
    }
  }

  /** IRSA: a role, from the service account's annotation, and a token to take it on with. */
  @Test
  void takesOnTheRoleOfTheServiceAccountsAnnotation(Rig rig, Stage stage, @TempDir Path directory)
      throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "of-the-pod");
    long mark = rig.emulator().calls().mark();
    stage.operator(
        stage
            .ownSettings()
            .with("AWS_ACCESS_KEY_ID", "")
            .with("AWS_SECRET_ACCESS_KEY", "")
            .with("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/highlyavailableapp-operator")
            .with("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString()));
    stage.apply(APP).awaitReady();
    assertThat(rig.emulator().calls().count(mark, "sts", "AssumeRoleWithWebIdentity")).isPositive();
    assertThat(rig.emulator().calls().mutations(mark))
        .filteredOn(call -> call.operation().equals("CreateBucket"))
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.caller()).startsWith("ASIA").isNotEqualTo(KEY));
    assertThat(rig.emulator().calls().by(Rig.OPERATOR).since(mark)).isEmpty();
  }

  /** Answers as the agent on each node does. */
  private static HttpServer agent(Queue<String> tokens) throws IOException {
    HttpServer agent =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    agent.createContext(
        "/v1/credentials",
        exchange -> {
          tokens.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of("")));
          byte[] answer =
              """
              {"AccessKeyId": "%s", "SecretAccessKey": "testing", "Token": "session",
               "AccountId": "123456789012", "Expiration": "%s"}
              """
                  .formatted(
                      KEY, Instant.now().plus(6, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    agent.start();
    return agent;
  }
}
