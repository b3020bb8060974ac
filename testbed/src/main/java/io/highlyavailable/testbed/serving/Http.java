package io.highlyavailable.testbed.serving;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests on connections of their own, as new clients and health checks make them. */
final class Http {
  /** As the Ingress's annotations have it. */
  private static final int CHECK_MILLIS = 5000;

  private Http() {}

  /** Whether a server of this machine answers with 200 within 5 seconds. */
  static boolean answers(int port) {
    try {
      return status(port, Duration.ofMillis(CHECK_MILLIS)) == 200;
    } catch (IOException | RuntimeException notNow) {
      return false;
    }
  }

  /**
   * Asks for {@code /}, and reads the answer to its end.
   *
   * @return the status
   * @throws IOException when there is no whole answer in time
   */
  static int status(int port, Duration timeout) throws IOException {
    try (Socket socket = new Socket()) {
      int millis = (int) timeout.toMillis();
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
      socket.setSoTimeout(millis);
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!answer.startsWith("HTTP/1.") || !answer.contains("\r\n\r\n")) {
        throw new IOException("no answer: '" + answer + "'");
      }
      return Integer.parseInt(answer.substring(9, 12));
    }
  }
}
