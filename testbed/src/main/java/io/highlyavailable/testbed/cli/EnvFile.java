package io.highlyavailable.testbed.cli;

import java.util.Map;
import java.util.TreeMap;

/** The file to source before using kubectl and AWS tools. */
final class EnvFile {
  private EnvFile() {}

  /**
   * Its text.
   *
   * @param variables an empty value unsets one
   * @param bin a directory to put first on PATH
   */
  static String text(Map<String, String> variables, String bin) {
    StringBuilder text =
        new StringBuilder(
            "# Points kubectl and AWS tools at the local platform: source this file.\n");
    new TreeMap<>(variables)
        .forEach(
            (name, value) ->
                text.append(
                    value.isEmpty()
                        ? "unset " + name + "\n"
                        : "export " + name + "=" + quoted(value) + "\n"));
    text.append("case \":$PATH:\" in *:").append(quoted(bin)).append(":*) ;; *) export PATH=");
    return text.append(quoted(bin)).append(":\"$PATH\" ;; esac\n").toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
