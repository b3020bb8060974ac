package io.highlyavailable.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortTest {
  private static final int MANY = 400;

  @Test
  void twoRunsSideBySideNeverGetTheSamePort() throws Exception {
    Process other =
        new ProcessBuilder(
                java.nio.file.Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("java.class.path"),
                OtherRun.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Port> ours = new ArrayList<>();
    try (BufferedReader reader = other.inputReader()) {
      Set<Integer> numbers = new HashSet<>();
      for (int i = 0; i < MANY; i++) {
        Port port = Port.reserve();
        ours.add(port);
        assertThat(numbers.add(port.number())).isTrue();
      }
      List<Integer> theirs =
          reader
              .readLine()
              .lines()
              .flatMap(l -> List.of(l.split(" ")).stream())
              .map(Integer::valueOf)
              .toList();

      assertThat(theirs).hasSize(MANY).doesNotHaveDuplicates().doesNotContainAnyElementsOf(numbers);
    } finally {
      ours.forEach(Port::close);
      other.destroyForcibly();
    }
  }

  /** Reserves ports, says which, and holds them until it is killed. */
  static final class OtherRun {
    public static void main(String[] arguments) throws Exception {
      List<Port> ports = new ArrayList<>();
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < MANY; i++) {
        ports.add(Port.reserve());
        line.append(i == 0 ? "" : " ").append(ports.getLast().number());
      }
      System.out.println(line);
      Thread.currentThread().join();
    }
  }
}
