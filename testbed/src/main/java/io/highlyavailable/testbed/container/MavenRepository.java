package io.highlyavailable.testbed.container;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

/**
 * What Maven has downloaded on this machine, served on loopback to the Maven in a container, which
 * then downloads only what is missing.
 */
final class MavenRepository implements AutoCloseable {
  private final HttpServer server;

  private MavenRepository(HttpServer server) {
    this.server = server;
  }

  static MavenRepository serve() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server =
        SimpleFileServer.createFileServer(
            address, directory().toAbsolutePath().normalize(), OutputLevel.NONE);
    server.start();
    return new MavenRepository(server);
  }

  /** Surefire tells; without it, Maven's default. */
  private static Path directory() {
    String told = System.getProperty("localRepository", "");
    return told.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".m2", "repository")
        : Path.of(told);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
