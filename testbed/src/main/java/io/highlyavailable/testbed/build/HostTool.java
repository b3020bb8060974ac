package io.highlyavailable.testbed.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that the machine has to have before anything can be built. */
public enum HostTool {
  /** Builds the Kubernetes programs. The Helm module asks for 1.26. */
  GO(
      "Go",
      26,
      List.of("go", "version"),
      "go1\\.(\\d+)",
      "Go 1.26 or newer from https://go.dev/dl/"),
  /** Runs the AWS emulator. moto 5.2 supports 3.10 and newer. */
  PYTHON(
      "Python",
      10,
      List.of("python3", "--version"),
      "Python 3\\.(\\d+)",
      "Python 3.10 or newer with venv from https://www.python.org/downloads/ or the packages python3 and python3-venv"),
  /** Builds the operator. */
  MAVEN(
      "Maven",
      8,
      List.of("mvn", "--version"),
      "Apache Maven 3\\.(\\d+)",
      "Maven 3.8 or newer from https://maven.apache.org/download.cgi");

  private static final Pattern MAVEN_HOME = Pattern.compile("(?m)^Maven home: (.+?)\\s*$");

  private final String title;
  private final int minor;
  private final List<String> command;
  private final Pattern version;
  private final String advice;

  HostTool(String title, int minor, List<String> command, String version, String advice) {
    this.title = title;
    this.minor = minor;
    this.command = command;
    this.version = Pattern.compile(version);
    this.advice = advice;
  }

  /** What is wrong with the one on this machine and what to install, or empty when it will do. */
  public Optional<String> complaint() {
    String output = output(command);
    Matcher matcher = version.matcher(output);
    if (!matcher.find()) {
      return Optional.of(title + " is missing: install " + advice);
    }
    if (Integer.parseInt(matcher.group(1)) < minor) {
      return Optional.of(
          "%s is too old (%s): install %s".formatted(title, matcher.group(), advice));
    }
    return Optional.empty();
  }

  /**
   * All complaints about these tools at once, so that nobody installs them one failure at a time.
   */
  public static List<String> complaints(HostTool... tools) {
    return Arrays.stream(tools).map(HostTool::complaint).flatMap(Optional::stream).toList();
  }

  /** Fails with all complaints about these tools, when there are any. */
  static void require(HostTool... tools) {
    List<String> complaints = complaints(tools);
    if (!complaints.isEmpty()) {
      throw new BuildFailedException(String.join("\n", complaints));
    }
  }

  /** The directory of the Maven on PATH, with its {@code bin}, {@code lib} and {@code conf}. */
  public static Optional<Path> mavenHome() {
    return MAVEN_HOME
        .matcher(output(MAVEN.command))
        .results()
        .map(match -> Path.of(match.group(1)))
        .filter(home -> Files.isExecutable(home.resolve("bin/mvn")))
        .findFirst();
  }

  /** What a program prints, or nothing when it is not there or fails. */
  public static String output(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      try (var reader = process.inputReader()) {
        String text = reader.readAllAsString();
        return process.waitFor() == 0 ? text.strip() : "";
      }
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** The program of this name on PATH, when there is one. */
  public static Optional<Path> onPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
