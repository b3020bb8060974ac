package io.highlyavailable.operator.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may reach a bucket from a browser.
 *
 * @param allowedOrigins origins, such as {@code https://shop.example.com}
 * @param allowedMethods HTTP methods
 * @param allowedHeaders headers that a request may have
 * @param exposeHeaders headers of the answer that the page may read
 * @param maxAge how long a browser may remember the answer, or null for its own choice
 */
public record CorsRule(
    List<String> allowedOrigins,
    List<String> allowedMethods,
    List<String> allowedHeaders,
    List<String> exposeHeaders,
    @Nullable Duration maxAge) {
  public CorsRule {
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedMethods = List.copyOf(allowedMethods);
    allowedHeaders = List.copyOf(allowedHeaders);
    exposeHeaders = List.copyOf(exposeHeaders);
  }
}
