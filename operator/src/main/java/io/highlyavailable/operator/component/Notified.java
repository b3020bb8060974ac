package io.highlyavailable.operator.component;

import io.highlyavailable.operator.model.Names;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom the operator asked to be notified, remembered in a tag: subscriptions and actions of alarms
 * say nothing of who added them, and what a person added is left alone. Hashes, because a tag holds
 * 256 characters and everybody may read it.
 */
public final class Notified {
  /** The tag. */
  public static final String TAG = "highlyavailable.io/notified";

  /** 40 bits: nobody's address is taken for another's by accident. */
  private static final int HASH_LENGTH = 8;

  /** So many hashes and the spaces between them fit. */
  private static final int MOST = 28;

  private Notified() {}

  /** The tag's value for these addresses or ARNs. */
  public static String value(Collection<String> all) {
    return all.stream()
        .map(Notified::hash)
        .sorted()
        .distinct()
        .limit(MOST)
        .collect(Collectors.joining(" "));
  }

  /** Whether the tag of a resource says that this was asked by the operator. */
  public static boolean remembers(Map<String, String> tags, String one) {
    return hashes(tags).contains(hash(one));
  }

  private static Set<String> hashes(Map<String, String> tags) {
    return Set.copyOf(Arrays.asList(tags.getOrDefault(TAG, "").split(" ")));
  }

  private static String hash(String one) {
    return Names.hash(HASH_LENGTH, one);
  }
}
