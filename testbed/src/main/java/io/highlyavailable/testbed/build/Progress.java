package io.highlyavailable.testbed.build;

/** Hears how a build goes on. Called from the building thread; must not block. */
@FunctionalInterface
public interface Progress {

  /**
   * Something worth telling.
   *
   * @param name what is built, such as {@code controlplane}
   * @param message one line
   */
  void report(String name, String message);

  /** Prints to standard error, which no test or command reads results from. */
  static Progress toStandardError() {
    return (name, message) -> System.err.println("[testbed] " + name + ": " + message);
  }
}
