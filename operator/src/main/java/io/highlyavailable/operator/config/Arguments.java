package io.highlyavailable.operator.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Options as arguments: {@code --poll-fast=2s} means what {@code HAAPP_POLL_FAST=2s} does. */
public final class Arguments {
  private Arguments() {}

  /**
   * The environment with what the arguments say in place of what it said.
   *
   * @param arguments {@code --<option>=<value>} each: the variable's name in lower case, without
   *     {@code HAAPP_}, with hyphens; the last of several counts
   * @throws InvalidConfigException naming every argument that is none
   */
  public static Map<String, String> over(Map<String, String> environment, String... arguments) {
    Map<String, String> result = new HashMap<>(environment);
    List<String> faults = new ArrayList<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      Optional<Option> option =
          equals < 0 ? Optional.empty() : named(argument.substring(0, equals));
      option.ifPresentOrElse(
          known -> result.put(known.variable(), argument.substring(equals + 1)),
          () ->
              faults.add(
                  "argument " + argument + " is not known: --<option>=<value>, as --poll-fast=2s"));
    }
    if (!faults.isEmpty()) {
      throw new InvalidConfigException(faults);
    }
    return result;
  }

  private static Optional<Option> named(String name) {
    return Stream.of(Option.values()).filter(option -> of(option).equals(name)).findFirst();
  }

  private static String of(Option option) {
    return "--"
        + option.variable().replaceFirst("^HAAPP_", "").toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
