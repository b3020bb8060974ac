package io.highlyavailable.api.v1alpha1;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Defensive copies for the constructors of records. */
final class Copies {

  private Copies() {}

  /** Returns an unmodifiable copy ordered by key, so that what is derived from it is stable. */
  static Map<String, String> ordered(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
