package io.highlyavailable.testbed.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Something to build once and keep.
 *
 * @param name short name, part of the directory's name
 * @param typically what it is and how long the first build takes, for people to read
 * @param inputs everything that the result depends on; a change in any of them builds anew
 * @param build makes it
 */
public record Recipe(String name, String typically, List<String> inputs, Build build) {

  public Recipe {
    inputs = List.copyOf(inputs);
  }

  /** Fills a directory. */
  public interface Build {
    /**
     * Builds.
     *
     * @param directory empty; renamed afterwards
     * @param log file for the output of what is run
     */
    void into(Path directory, Path log) throws IOException, InterruptedException;
  }

  /** The directory's name in the cache: the name and 16 hex digits of the inputs' SHA-256. */
  String key() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String input : inputs) {
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        // The length keeps ("ab", "c") apart from ("a", "bc").
        digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) ':');
        digest.update(bytes);
      }
      return name + "-" + HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
