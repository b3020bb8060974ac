package io.highlyavailable.testbed.build;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The checkout of this repository that the platform's module files, the CRD, the chart and the
 * operator's jar are taken from.
 *
 * @param root absolute path of the directory with the root POM
 */
public record Checkout(Path root) {

  /** System property that names the checkout when the working directory is not in it. */
  public static final String PROPERTY = "testbed.checkout";

  private static final String MARK = "testbed/platform/controlplane/go.mod";

  public Checkout {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * The checkout that {@value #PROPERTY} names, else the one that the working directory lies in.
   *
   * @throws IllegalStateException when there is none
   */
  public static Checkout find() {
    String named = System.getProperty(PROPERTY);
    Path start = Path.of(named != null ? named : "").toAbsolutePath();
    for (Path directory = start; directory != null; directory = directory.getParent()) {
      if (Files.isRegularFile(directory.resolve(MARK))) {
        return new Checkout(directory);
      }
    }
    throw new IllegalStateException(
        start + " is not in a checkout of HighlyAvailableApp: run there, or set -D" + PROPERTY);
  }

  /** A file or directory of the checkout. */
  public Path file(String path) {
    return root.resolve(path);
  }
}
