package io.highlyavailable.example.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.highlyavailable.testbed.build.BuildFailedException;
import io.highlyavailable.testbed.build.DebianPackages;
import io.highlyavailable.testbed.build.Progress;
import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.Port;
import io.highlyavailable.testbed.process.Supervised;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The example against a real Redis and a real Memcached, both with TLS, with the environment that
 * the operator injects. Valkey speaks Redis's protocol, and its binding differs in the type only.
 */
class SessionsTest {
  private static final String PASSWORD = "0123456789abcdefghijklmnopqrstuv";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Supervised> running = new ArrayList<>();
  private final List<Port> ports = new ArrayList<>();

  @TempDir private static Path directory;
  private static Path servers;
  private static Certificate certificate;

  @BeforeAll
  static void getServers() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/apt-get")), "servers come from Debian's apt");
    try {
      servers =
          DebianPackages.ofUser(Progress.toStandardError())
              .unpacked("session-servers", List.of("redis-server", "redis-tools", "memcached"));
    } catch (BuildFailedException e) {
      // Without the distribution's packages there is nothing to prove it against.
      abort("no Redis and Memcached to be had: " + e.getMessage());
    }
    certificate = Certificate.create(directory);
  }

  @AfterEach
  void endAll() {
    running.forEach(Supervised::close);
    ports.forEach(Port::close);
  }

  private int port() {
    Port port = Port.reserve();
    ports.add(port);
    return port.number();
  }

  private Supervised start(String name, List<String> line, Map<String, String> environment) {
    Path log = Path.of("target", name + ".log");
    Supervised started = Supervised.start(new Command(name, line, environment, log));
    running.add(started);
    return started;
  }

  private void server(String name, int port, List<String> line) {
    start(name, line, Map.of("LD_LIBRARY_PATH", DebianPackages.libraries(servers)));
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              try (Socket socket = new Socket("localhost", port)) {
                return socket.isConnected();
              }
            });
  }

  private int redis() throws IOException {
    int port = port();
    Path configuration = directory.resolve("redis.conf");
    Files.writeString(
        configuration,
        """
        bind 127.0.0.1
        port 0
        tls-port %d
        tls-cert-file %s
        tls-key-file %s
        tls-ca-cert-file %s
        tls-auth-clients no
        requirepass %s
        save ""
        dir %s
        """
            .formatted(
                port,
                certificate.chain(),
                certificate.key(),
                certificate.chain(),
                PASSWORD,
                directory));
    server(
        "redis",
        port,
        List.of(servers.resolve("usr/bin/redis-server").toString(), configuration.toString()));
    return port;
  }

  private int memcached() {
    int port = port();
    String user = System.getProperty("user.name");
    server(
        "memcached",
        port,
        List.of(
            servers.resolve("usr/bin/memcached").toString(),
            "-u",
            user,
            "-l",
            "127.0.0.1",
            "-p",
            String.valueOf(port),
            "-Z",
            "-o",
            "ssl_chain_cert=%s,ssl_key=%s".formatted(certificate.chain(), certificate.key())));
    return port;
  }

  private Supervised app(int port, Map<String, String> injected) {
    Map<String, String> environment = new TreeMap<>(injected);
    environment.put("PORT", String.valueOf(port));
    environment.put("BIND_ADDRESS", "127.0.0.1");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return start(
        "app",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djavax.net.ssl.trustStore=" + certificate.trust(),
            "-Djavax.net.ssl.trustStorePassword=" + Certificate.TRUST_PASSWORD,
            "-cp",
            classPath,
            Main.class.getName()),
        environment);
  }

  private HttpResponse<String> visit(int port, String cookie) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .header("Cookie", cookie)
            .timeout(Duration.ofSeconds(10))
            .build();
    return await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> http.send(request, HttpResponse.BodyHandlers.ofString()),
            answer -> answer.statusCode() == 200);
  }

  /** Two replicas and a replacement, one after the other: the visitor does not notice. */
  private void keepsSessionsWhenItsProcessIsReplaced(Map<String, String> injected) {
    int first = port();
    Supervised old = app(first, injected);
    HttpResponse<String> welcome = visit(first, "none=1");
    String cookie = welcome.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    assertThat(welcome.body()).isEqualTo("visit 1\n");
    assertThat(visit(first, cookie).body()).isEqualTo("visit 2\n");

    old.kill();
    int second = port();
    app(second, injected);
    assertThat(visit(second, cookie).body()).isEqualTo("visit 3\n");
    assertThat(visit(second, "none=1").body()).as("a visitor of its own").isEqualTo("visit 1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "valkey"})
  void keepsSessionsInRedisWhenItsProcessIsReplaced(String engine) throws IOException {
    keepsSessionsWhenItsProcessIsReplaced(
        Injected.environment(engine, "localhost", redis(), PASSWORD));
  }

  @Test
  void keepsSessionsInMemcachedWhenItsProcessIsReplaced() {
    keepsSessionsWhenItsProcessIsReplaced(
        Injected.environment("memcached", "localhost", memcached(), PASSWORD));
  }

  @Test
  void doesNotGetInWithAnotherPassword() throws IOException {
    Map<String, String> wrong = Injected.environment("redis", "localhost", redis(), "f".repeat(32));
    int port = port();
    app(port, wrong);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
    await().atMost(PATIENCE).until(() -> isListening(port));
    assertThat(catchThrowable(() -> http.send(request, HttpResponse.BodyHandlers.ofString())))
        .as("the app has no answer without its sessions")
        .isInstanceOf(IOException.class);
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(catchThrowable(() -> Sessions.bound(Map.of())))
        .hasMessageContaining("SESSION_STORE_TYPE");
  }
}
