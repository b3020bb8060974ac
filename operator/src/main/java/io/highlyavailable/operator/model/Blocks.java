package io.highlyavailable.operator.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reading of blocks and fields that may be absent. */
final class Blocks {
  /** Plain, so that pure code needs no client: the model classes carry their own annotations. */
  static final ObjectMapper MAPPER = new ObjectMapper();

  /** A spec in which nothing is given. */
  static final HighlyAvailableAppSpec EMPTY =
      MAPPER.convertValue(Map.of(), HighlyAvailableAppSpec.class);

  private Blocks() {}

  static <T> T orElse(@Nullable T value, T fallback) {
    return value == null ? fallback : value;
  }

  static @Nullable String emptyToNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }
}
