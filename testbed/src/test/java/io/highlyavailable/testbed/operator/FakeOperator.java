package io.highlyavailable.testbed.operator;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Stands in for the operator's jar: serves what it was started with. */
public final class FakeOperator {
  private FakeOperator() {}

  /** Ends with 3 at once when FAKE_FAILURE is set. */
  public static void main(String[] arguments) throws Exception {
    String failure = System.getenv("FAKE_FAILURE");
    if (failure != null) {
      System.err.println(failure);
      System.exit(3);
    }
    int port = Integer.parseInt(System.getenv("HAAPP_HTTP_PORT"));
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = System.getenv().toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    System.out.println("started " + ProcessHandle.current().pid());
    Thread.currentThread().join();
  }
}
