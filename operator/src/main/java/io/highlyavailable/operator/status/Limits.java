package io.highlyavailable.operator.status;

import java.util.List;

/**
 * Keeps a status within the bounds of its schema. The API server refuses one that is not, whole:
 * one overlong message of a provider would leave everything else unsaid.
 */
final class Limits {
  static final int MESSAGE = 32_768;
  static final int NEXT_STEP = 4096;
  static final int IDENTIFIER = 2048;
  static final int STATE = 128;
  static final int FIELD = 256;
  static final int VALUE = 1024;
  static final int LINES = 64;

  private static final String MORE = "...";

  private Limits() {}

  /** The text on one line and no longer than that. */
  static String line(String text, int most) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= most ? line : line.substring(0, most - MORE.length()) + MORE;
  }

  /** The last of many lines, each no longer than that. */
  static List<String> lines(List<String> texts, int most) {
    return texts.stream()
        .skip(Math.max(0, texts.size() - LINES))
        .map(text -> line(text, most))
        .toList();
  }
}
