package io.highlyavailable.testbed.serving;

import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.Port;
import io.highlyavailable.testbed.process.Supervised;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The program of one pod, on a port of its own. */
final class PodProcess implements AutoCloseable {
  private final Port port;
  private final Supervised process;

  /**
   * @param program app.py
   * @param words what it answers
   * @param log its log file
   */
  PodProcess(Path program, String words, Path log) {
    port = Port.reserve();
    process =
        Supervised.start(
            Command.of(
                "pod",
                log,
                List.of("python3", program.toString(), Integer.toString(port.number()), words)));
  }

  int port() {
    return port.number();
  }

  /** Whether it answers. */
  boolean answers() {
    return Http.answers(port());
  }

  /** SIGTERM, and SIGKILL when it has not ended in time. */
  void stop(Duration grace) {
    process.stop(grace);
    port.close();
  }

  /** SIGKILL, as when its node loses its power. */
  @Override
  public void close() {
    process.kill();
    port.close();
  }
}
