package io.highlyavailable.example.webapp;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Processes of a test: session stores of Debian's with TLS, and what else it starts. */
final class Servers implements AutoCloseable {
  static final String PASSWORD = "0123456789abcdefghijklmnopqrstuv";
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path directory;
  private final Certificate certificate;
  private final Path packages;
  private final List<Supervised> running = new ArrayList<>();
  private final List<Port> ports = new ArrayList<>();

  Servers(Path directory, Certificate certificate, Path packages) {
    this.directory = directory;
    this.certificate = certificate;
    this.packages = packages;
  }

  /** The servers' programs; without the distribution's packages there is nothing to prove it on. */
  static Path packages() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/apt-get")), "servers come from Debian's apt");
    try {
      return DebianPackages.ofUser(Progress.toStandardError())
          .unpacked("session-servers", List.of("redis-server", "redis-tools", "memcached"));
    } catch (BuildFailedException e) {
      return abort("no Redis and Memcached to be had: " + e.getMessage());
    }
  }

  int port() {
    Port port = Port.reserve();
    ports.add(port);
    return port.number();
  }

  Supervised start(String name, List<String> line, Map<String, String> environment) {
    Path log = Path.of("target", name + ".log");
    Supervised started = Supervised.start(new Command(name, line, environment, log));
    running.add(started);
    return started;
  }

  private void server(String name, int port, List<String> line) {
    start(name, line, Map.of("LD_LIBRARY_PATH", DebianPackages.libraries(packages)));
    await().atMost(PATIENCE).until(() -> listens("localhost", port));
  }

  static boolean listens(String host, int port) {
    try (Socket socket = new Socket(host, port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  int redis() throws IOException {
    int port = port();
    Path configuration = directory.resolve("redis-" + port + ".conf");
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
        List.of(packages.resolve("usr/bin/redis-server").toString(), configuration.toString()));
    return port;
  }

  int memcached() {
    int port = port();
    server(
        "memcached",
        port,
        List.of(
            packages.resolve("usr/bin/memcached").toString(),
            "-u",
            System.getProperty("user.name"),
            "-l",
            "127.0.0.1",
            "-p",
            String.valueOf(port),
            "-Z",
            "-o",
            "ssl_chain_cert=%s,ssl_key=%s".formatted(certificate.chain(), certificate.key())));
    return port;
  }

  @Override
  public void close() {
    running.forEach(Supervised::close);
    ports.forEach(Port::close);
  }
}
