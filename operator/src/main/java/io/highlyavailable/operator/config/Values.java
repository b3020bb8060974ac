package io.highlyavailable.operator.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads options from the environment, and gathers what is wrong with them. */
final class Values {
  private static final String HTTP_URL = "https?://[A-Za-z0-9.:\\[\\]-]+(/[!-~]*)?";
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private final Map<String, String> environment;
  private final List<String> faults = new ArrayList<>();

  Values(Map<String, String> environment) {
    this.environment = environment;
  }

  List<String> faults() {
    return faults;
  }

  String text(Option option) {
    String value = environment.getOrDefault(option.variable(), "").strip();
    return value.isEmpty() ? option.fallback() : value;
  }

  /** Whether a variable that is no option of ours is set. */
  boolean given(String variable) {
    return !environment.getOrDefault(variable, "").isBlank();
  }

  /** A variable that is no option of ours may have one value only. */
  void only(String variable, String value) {
    if (given(variable) && !environment.get(variable).strip().equals(value)) {
      faults.add(variable + " is '" + environment.get(variable) + "', but must be " + value);
    }
  }

  String required(Option option, String pattern, String shape) {
    String value = text(option);
    if (value.isEmpty()) {
      faults.add(option.variable() + " is not set: " + option.description());
    } else if (!value.matches(pattern)) {
      faults.add(option.variable() + " is '" + value + "', but must be " + shape);
    }
    return value;
  }

  String optional(Option option, String pattern, String shape) {
    String value = text(option);
    return value.isEmpty() ? value : required(option, pattern, shape);
  }

  List<String> list(Option option, String pattern, String shape) {
    List<String> values =
        Stream.of(text(option).split(",")).map(String::strip).filter(v -> !v.isEmpty()).toList();
    values.stream()
        .filter(value -> !value.matches(pattern))
        .forEach(
            value ->
                faults.add(option.variable() + " has '" + value + "', but each must be " + shape));
    return values;
  }

  boolean flag(Option option) {
    String value = text(option);
    if (!value.equals("true") && !value.equals("false")) {
      faults.add(option.variable() + " is '" + value + "', but must be true or false");
    }
    return value.equals("true");
  }

  int number(Option option, int least, int most) {
    String value = text(option);
    int number = value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
    if (number < least || number > most) {
      faults.add(
          "%s is '%s', but must be a number from %d to %d"
              .formatted(option.variable(), value, least, most));
      return least;
    }
    return number;
  }

  Duration duration(Option option, Duration least, Duration most) {
    Duration duration = parse(text(option));
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      faults.add(
          "%s is '%s', but must be a duration such as 500ms, 30s or 5m, from %s to %s"
              .formatted(option.variable(), text(option), print(least), print(most)));
      return least;
    }
    return duration;
  }

  void requiredUri(Option option) {
    if (!required(option, "(?s).+", "set").isEmpty()) {
      uri(option);
    }
  }

  @Nullable URI uri(Option option) {
    String value = optional(option, HTTP_URL, "an http or https URL");
    if (!value.matches(HTTP_URL)) {
      return null;
    }
    try {
      return new URI(value);
    } catch (URISyntaxException _) {
      faults.add(option.variable() + " is '" + value + "', but must be an http or https URL");
      return null;
    }
  }

  private static Duration parse(String value) {
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      return Duration.ofMillis(-1);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  private static String print(Duration duration) {
    if (duration.toSeconds() == 0) {
      return duration.toMillis() + "ms";
    }
    return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
  }
}
