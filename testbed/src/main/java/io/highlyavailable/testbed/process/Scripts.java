package io.highlyavailable.testbed.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The bash scripts that start programs. Bash, since a plain sh gives no process group without a
 * terminal.
 */
final class Scripts {
  private Scripts() {}

  /** A builder that runs one of our scripts with these arguments followed by the command. */
  static ProcessBuilder builder(String script, List<String> arguments, Command command) {
    List<String> line = new ArrayList<>(List.of("bash", "-c", text(script), script));
    line.addAll(arguments);
    line.addAll(command.line());
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(command.environment());
    builder.environment().values().removeIf(String::isEmpty);
    try {
      Files.createDirectories(command.log().toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the log directory of " + command.name(), e);
    }
    return builder;
  }

  private static String text(String script) {
    try (InputStream in = Scripts.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + script);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
