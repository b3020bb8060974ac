package io.highlyavailable.testbed.cli;

import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.Jdk;
import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.LogFile;
import io.highlyavailable.testbed.process.Supervised;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds the operator by Maven when a source is newer than its jar. */
final class OperatorBuild {
  /** What the jar is made from. The testbed is not among it. */
  private static final List<String> SOURCES =
      List.of("pom.xml", "crds/pom.xml", "crds/src/main", "operator/pom.xml", "operator/src/main");

  private final Checkout checkout;
  private final Path log;

  OperatorBuild(Checkout checkout, Path log) {
    this.checkout = checkout;
    this.log = log;
  }

  Path jar() {
    return checkout.file("operator/target/operator.jar");
  }

  /** Whether the jar is there and no source is newer. */
  boolean isUpToDate() {
    try {
      if (!Files.exists(jar())) {
        return false;
      }
      FileTime built = Files.getLastModifiedTime(jar());
      for (String source : SOURCES) {
        if (isNewer(checkout.file(source), built)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at the operator's sources", e);
    }
  }

  private static boolean isNewer(Path source, FileTime built) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        if (Files.getLastModifiedTime(file).compareTo(built) > 0) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Runs Maven.
   *
   * @throws LocalFailure with the end of its output when it fails
   */
  void run() {
    Command command =
        new Command(
            "maven",
            List.of(
                "mvn",
                "-B",
                "-q",
                "-f",
                checkout.file("pom.xml").toString(),
                "-pl",
                "operator",
                "-am",
                "-DskipTests",
                "-Dspotless.check.skip=true",
                "package"),
            Map.of("JAVA_HOME", Jdk.java().getParent().getParent().toString()),
            log);
    try {
      Files.deleteIfExists(log);
      try (Supervised maven = Supervised.start(command)) {
        if (maven.waitFor() != 0) {
          throw new LocalFailure(
              "Maven cannot build the operator; the end of %s:%n%s"
                  .formatted(log, LogFile.tail(log)));
        }
      }
      // An unchanged jar is not written again; its time says when it was last known to be right.
      Files.setLastModifiedTime(jar(), FileTime.from(java.time.Instant.now()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalFailure("interrupted while Maven was building");
    }
  }
}
