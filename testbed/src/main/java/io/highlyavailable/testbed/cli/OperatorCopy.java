package io.highlyavailable.testbed.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of the operator's jar and libraries under a name made from their content: a later build
 * cannot break the running operator, and a change shows in the name.
 *
 * @param fingerprint 16 hex digits
 * @param jar the copied jar, beside its {@code lib}
 */
record OperatorCopy(String fingerprint, Path jar) {

  /** Copies what {@code operator.jar} needs, unless that is there already. */
  static OperatorCopy of(Path jar, Path copies) {
    try {
      List<Path> libraries = libraries(jar.resolveSibling("lib"));
      String fingerprint = fingerprint(jar, libraries);
      Path copy = copies.resolve(fingerprint);
      if (!Files.isDirectory(copy)) {
        Path unfinished = copies.resolve(fingerprint + ".unfinished");
        Files.createDirectories(unfinished.resolve("lib"));
        copy(jar, unfinished.resolve("operator.jar"));
        for (Path library : libraries) {
          copy(library, unfinished.resolve("lib").resolve(library.getFileName()));
        }
        Files.move(unfinished, copy);
      }
      return new OperatorCopy(fingerprint, copy.resolve("operator.jar"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + jar, e);
    }
  }

  private static List<Path> libraries(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static String fingerprint(Path jar, List<Path> libraries) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(jar));
      for (Path library : libraries) {
        // Reading 60 MB of libraries takes longer than it is worth: releases never change, and our
        // own modules are small.
        boolean ours = library.getFileName().toString().startsWith("highlyavailableapp-");
        digest.update(
            (library.getFileName() + ":" + Files.size(library)).getBytes(StandardCharsets.UTF_8));
        if (ours) {
          digest.update(Files.readAllBytes(library));
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
