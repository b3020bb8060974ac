package io.highlyavailable.operator.component.bucket;

import io.highlyavailable.operator.component.PolicyDocument;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How our settings are told from others' in a bucket that somebody else made: a policy's statement
 * by its Sid, rules by their ids. Others' stay as they are and where they are.
 */
final class Shared {
  /** The Sid of our one statement; letters and digits only. */
  static final String SID = "HighlyAvailableAppTlsOnly";

  /** What the ids of our lifecycle and CORS rules begin with. */
  static final String RULES = "highlyavailable.io/";

  private static final String MARK = "the app's: ";

  private Shared() {}

  /** Whether a rule of that id is ours. */
  static boolean ours(String id) {
    return id.startsWith(RULES);
  }

  /** A rule's line, marked when the rule is ours by its id. */
  static String line(String id, String line) {
    return ours(id) ? marked(line) : line;
  }

  /** The line of a rule of ours. */
  static String marked(String line) {
    return MARK + line;
  }

  /** Others' statements and ours. */
  static String policy(String theirs, String ours) {
    return PolicyDocument.merged(theirs, ours);
  }

  /** Others' lifecycle rules and ours. */
  static SortedSet<String> lifecycle(SortedSet<String> present, SortedSet<String> ours) {
    return new TreeSet<>(Stream.concat(others(present.stream()), ours.stream()).toList());
  }

  /** Others' CORS rules first, which then count as before. */
  static List<String> cors(List<String> present, List<String> ours) {
    return Stream.concat(others(present.stream()), ours.stream()).toList();
  }

  private static Stream<String> others(Stream<String> lines) {
    return lines.filter(line -> !line.startsWith(MARK));
  }
}
