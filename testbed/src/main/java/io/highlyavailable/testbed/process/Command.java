package io.highlyavailable.testbed.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param name a short name for messages and state files, {@code [a-z0-9-]+}
 * @param line the program and its arguments; never a secret, since every user can read them
 * @param environment variables added to those of this JVM; an empty value removes one
 * @param log file that standard output and error are appended to; its directory is made when
 *     missing
 */
public record Command(String name, List<String> line, Map<String, String> environment, Path log) {

  public Command {
    if (!name.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("name must match [a-z0-9-]+: " + name);
    }
    if (line.isEmpty()) {
      throw new IllegalArgumentException("nothing to run for " + name);
    }
    line = List.copyOf(line);
    environment = Map.copyOf(environment);
  }

  /** A command that adds nothing to the environment. */
  public static Command of(String name, Path log, List<String> line) {
    return new Command(name, line, Map.of(), log);
  }
}
