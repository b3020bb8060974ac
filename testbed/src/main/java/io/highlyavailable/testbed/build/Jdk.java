package io.highlyavailable.testbed.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Finds a JDK that runs the operator. */
public final class Jdk {
  private static final int LEAST = 25;

  private static final List<String> USUAL_PLACES =
      List.of(
          "/usr/lib/jvm",
          "/usr/java",
          "/opt/java",
          "/opt/jdk",
          "/Library/Java/JavaVirtualMachines");

  private Jdk() {}

  /**
   * The {@code java} program of a JDK 25 or newer: of this JVM, else of JAVA_HOME, else of the
   * usual places.
   *
   * @throws IllegalStateException when there is none, saying what to install
   */
  public static Path java() {
    List<Path> homes = new ArrayList<>();
    homes.add(Path.of(System.getProperty("java.home")));
    String javaHome = System.getenv().getOrDefault("JAVA_HOME", "");
    if (!javaHome.isEmpty()) {
      homes.add(Path.of(javaHome));
    }
    for (String place : USUAL_PLACES) {
      homes.addAll(under(Path.of(place)));
    }
    homes.addAll(under(Path.of(System.getProperty("user.home"), ".sdkman/candidates/java")));
    return homes.stream()
        .filter(Jdk::isRecent)
        .map(home -> home.resolve("bin/java"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "JDK 25 is missing: install one, for instance from https://adoptium.net/, and set JAVA_HOME"));
  }

  /** The directory of the JDK that {@link #java} is of, without links. */
  public static Path home() {
    try {
      return java().toRealPath().getParent().getParent();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Path> under(Path place) {
    try (Stream<Path> entries = Files.list(place)) {
      return entries
          .sorted()
          .map(
              entry ->
                  Files.isDirectory(entry.resolve("Contents/Home"))
                      ? entry.resolve("Contents/Home")
                      : entry)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean isRecent(Path home) {
    Properties release = new Properties();
    try (var reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
      String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
      return Integer.parseInt(version.split("[.\\-+]")[0]) >= LEAST;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
