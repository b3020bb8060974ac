package io.highlyavailable.operator.component;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What a resource's tags are after a change that its provider has accepted. */
public final class Tags {
  private Tags() {}

  /** The tags with more of them, or other values. */
  public static Map<String, String> with(Map<String, String> tags, Map<String, String> set) {
    Map<String, String> changed = new TreeMap<>(tags);
    changed.putAll(set);
    return changed;
  }

  /** The tags without these keys. */
  public static Map<String, String> without(Map<String, String> tags, Collection<String> keys) {
    Map<String, String> changed = new TreeMap<>(tags);
    changed.keySet().removeAll(keys);
    return changed;
  }
}
