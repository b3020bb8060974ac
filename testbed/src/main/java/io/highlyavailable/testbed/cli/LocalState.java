package io.highlyavailable.testbed.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * What one call remembers for the next: a few texts by key. Written whole, so that a crash leaves
 * the old or the new.
 */
final class LocalState {
  private final Path file;
  private final Properties properties = new Properties();

  /** Reads what is there; nothing when there is nothing or it is damaged. */
  LocalState(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException damaged) {
        properties.clear();
      }
    }
  }

  synchronized Optional<String> get(String key) {
    return Optional.ofNullable(properties.getProperty(key));
  }

  synchronized void put(String key, String value) {
    properties.setProperty(key, value);
    write();
  }

  synchronized void clear() {
    properties.clear();
    write();
  }

  private void write() {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      try (Writer writer = Files.newBufferedWriter(unfinished)) {
        properties.store(writer, null);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
