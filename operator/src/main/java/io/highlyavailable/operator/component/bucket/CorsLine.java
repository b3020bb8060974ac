package io.highlyavailable.operator.component.bucket;

import io.highlyavailable.operator.model.CorsRule;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CORS rules as lines, so that what is wanted and what is compare as text. */
final class CorsLine {
  private CorsLine() {}

  static String of(CorsRule rule) {
    Duration maxAge = rule.maxAge();
    return line(
        rule.allowedOrigins(),
        rule.allowedMethods(),
        rule.allowedHeaders(),
        rule.exposeHeaders(),
        maxAge == null ? null : Math.toIntExact(maxAge.toSeconds()));
  }

  static String line(
      List<String> origins,
      List<String> methods,
      List<String> headers,
      List<String> exposed,
      @Nullable Integer maxAge) {
    return String.join(",", methods)
        + " from "
        + String.join(",", origins)
        + (headers.isEmpty() ? "" : " with " + String.join(",", headers))
        + (exposed.isEmpty() ? "" : " exposing " + String.join(",", exposed))
        + (maxAge == null ? "" : " for " + maxAge + " s");
  }
}
