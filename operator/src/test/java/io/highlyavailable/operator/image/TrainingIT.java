package io.highlyavailable.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.build.Checkout;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Dockerfile does to the packaged operator, on this machine's JDK. */
class TrainingIT {
  /** Writing the cache takes some seconds of CPU, and tests may share few cores. */
  private static final long MINUTES = 5;

  @Test
  void trainsACacheThatTheJvmAcceptsAndLeavesNothingElse(@TempDir Path app) throws Exception {
    Checkout checkout = Checkout.find();
    for (String file : List.of("java.options", "train.sh")) {
      Files.copy(
          checkout.file("operator/image").resolve(file),
          app.resolve(file),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    copy(checkout.file("operator/target/lib"), app.resolve("lib"));
    Path jar = app.resolve("operator.jar");
    Files.copy(
        checkout.file("operator/target/operator.jar"), jar, StandardCopyOption.COPY_ATTRIBUTES);

    String output = run(app, "./train.sh");

    assertThat(app.resolve("operator.aot")).as(output).isNotEmptyFile();
    try (Stream<Path> files = Files.list(app)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "java.options", "lib", "operator.aot", "operator.jar", "train.sh");
    }
  }

  private static String run(Path directory, String... command) throws Exception {
    Path log = directory.resolveSibling(directory.getFileName() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.put(
        "PATH",
        System.getProperty("java.home") + "/bin" + File.pathSeparator + environment.get("PATH"));
    environment.remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("ends in time").isTrue();
      String output = Files.readString(log);
      assertThat(process.exitValue()).as(output).isZero();
      return output;
    } finally {
      process.destroyForcibly();
      Files.delete(log);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        // The cache is valid for jars of the same time only.
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
