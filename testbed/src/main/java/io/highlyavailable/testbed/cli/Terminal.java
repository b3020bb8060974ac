package io.highlyavailable.testbed.cli;

/**
 * What standard output is. {@code deploy.sh} knows it and says so by system properties.
 *
 * @param isTerminal whether lines can be redrawn
 * @param columns its width
 * @param lines its height
 * @param color whether colours are welcome
 */
record Terminal(boolean isTerminal, int columns, int lines, boolean color) {

  /** As deploy.sh found it; not a terminal when nothing is said. */
  static Terminal ofProperties() {
    return new Terminal(
        Boolean.getBoolean("testbed.terminal"),
        Math.max(40, Integer.getInteger("testbed.columns", 120)),
        Math.max(10, Integer.getInteger("testbed.lines", 40)),
        System.getenv("NO_COLOR") == null);
  }
}
