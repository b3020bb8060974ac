package io.highlyavailable.operator.component.alarms;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** When a composite alarm is on, by the states of others. */
sealed interface AlarmRule {
  /** CloudWatch takes no more alarms in a rule. */
  int MOST = 100;

  /**
   * While another alarm is on.
   *
   * @param name its full name
   */
  record On(String name) implements AlarmRule {
    /** What neither ends the quoted name nor means something in it. */
    private static final Pattern PLAIN = Pattern.compile("[^\"\\\\\\p{Cntrl}]{1,255}");

    public On {
      if (!PLAIN.matcher(name).matches()) {
        throw new IllegalArgumentException("not a name that a rule can quote: " + name);
      }
    }
  }

  /**
   * While any of these holds.
   *
   * @param rules at least one, at most {@link #MOST}
   */
  record Any(List<AlarmRule> rules) implements AlarmRule {
    public Any {
      rules = List.copyOf(rules);
      if (rules.isEmpty() || rules.size() > MOST) {
        throw new IllegalArgumentException(rules.size() + " rules");
      }
    }
  }

  /** While any of some alarms is on. */
  static AlarmRule anyOn(Collection<String> names) {
    return new Any(names.stream().<AlarmRule>map(On::new).toList());
  }

  /** The rule in CloudWatch's words. */
  default String text() {
    return switch (this) {
      case On(String name) -> "ALARM(\"" + name + "\")";
      case Any(List<AlarmRule> rules) ->
          rules.stream().map(AlarmRule::text).collect(Collectors.joining(" OR "));
    };
  }
}
