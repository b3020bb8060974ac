package io.highlyavailable.testbed.serving;

import io.highlyavailable.testbed.build.DebianPackages;
import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.Port;
import io.highlyavailable.testbed.process.Supervised;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * HAProxy before the pods' processes. By its strict port it sends each request once, and what then
 * goes wrong is the client's to see; by its patient port it sends a request that was not answered
 * at all to another pod, as clients and meshes do with what may be repeated.
 */
final class Proxy implements AutoCloseable {
  /** More than there are ever targets at once. */
  static final int SLOTS = 48;

  private static final String CONFIGURATION =
      """
      global
        nbthread 1
        maxconn 4000
        stats socket ipv4@127.0.0.1:%d level admin
      defaults
        mode http
        timeout connect 2s
        timeout client 60s
        timeout server 60s
        retries 0
        balance roundrobin
      frontend strict
        bind 127.0.0.1:%d
        default_backend strict
      backend strict
        server-template slot 1-%d 127.0.0.1:1 disabled
      frontend patient
        bind 127.0.0.1:%d
        default_backend patient
      backend patient
        retries 3
        option redispatch 1
        retry-on conn-failure empty-response
        server-template slot 1-%d 127.0.0.1:1 disabled
      """;

  private final Supervised process;
  private final Port admin;
  private final Port strict;
  private final Port patient;

  private Proxy(Supervised process, Port admin, Port strict, Port patient) {
    this.process = process;
    this.admin = admin;
    this.strict = strict;
    this.patient = patient;
  }

  static Proxy start(DebianPackages packages, Path directory) {
    Path haproxy = packages.unpacked("haproxy", List.of("haproxy"));
    Port admin = Port.reserve();
    Port strict = Port.reserve();
    Port patient = Port.reserve();
    Path file = directory.resolve("haproxy.cfg");
    try {
      Files.createDirectories(directory);
      Files.writeString(
          file,
          CONFIGURATION.formatted(admin.number(), strict.number(), SLOTS, patient.number(), SLOTS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Supervised process =
        Supervised.start(
            new Command(
                "haproxy",
                List.of(
                    haproxy.resolve("usr/sbin/haproxy").toString(), "-db", "-f", file.toString()),
                Map.of("LD_LIBRARY_PATH", DebianPackages.libraries(haproxy)),
                directory.resolve("haproxy.log")));
    Proxy proxy = new Proxy(process, admin, strict, patient);
    proxy.awaitStart();
    return proxy;
  }

  private void awaitStart() {
    for (int i = 0; i < 200; i++) {
      try {
        command("show info");
        return;
      } catch (UncheckedIOException notYet) {
        if (!process.isAlive()) {
          throw new IllegalStateException("haproxy ended; see " + process.log());
        }
        Kubelet.pause(java.time.Duration.ofMillis(50));
      }
    }
    throw new IllegalStateException("haproxy does not answer; see " + process.log());
  }

  /** Where a request is sent once. */
  int strictPort() {
    return strict.number();
  }

  /** Where a request without an answer is sent again. */
  int patientPort() {
    return patient.number();
  }

  /** Sends requests to a server from now on. */
  void open(int slot, int port) {
    both("set server %s/slot" + slot + " addr 127.0.0.1 port " + port);
    both("set server %s/slot" + slot + " state ready");
  }

  /** Sends no more requests to it; what it is answering goes on. */
  void shut(int slot) {
    both("set server %s/slot" + slot + " state maint");
  }

  /** Ends what it is still answering. */
  void cut(int slot) {
    both("shutdown sessions server %s/slot" + slot);
  }

  private void both(String command) {
    command(command.formatted("strict"));
    command(command.formatted("patient"));
  }

  private String command(String line) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), admin.number())) {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("haproxy: " + line, e);
    }
  }

  @Override
  public void close() {
    process.close();
    admin.close();
    strict.close();
    patient.close();
  }
}
