package io.highlyavailable.operator.component.certificate;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The issued certificates of a region.
 *
 * @param name the region
 * @param issued all that an Application Load Balancer takes, ordered by ARN
 */
public record Certificates(String name, List<Certificate> issued) implements CloudResource {
  public Certificates {
    issued = issued.stream().sorted(Comparator.comparing(Certificate::arn)).toList();
  }

  @Override
  public String id() {
    return name;
  }

  /** They are not ours, so their tags mean nothing to us. */
  @Override
  public Map<String, String> tags() {
    return Map.of();
  }

  @Override
  public String state() {
    return "issued";
  }

  /**
   * The one for a host: rather one that names it than a wildcard, rather one that ends later, else
   * always the same.
   */
  public Optional<Certificate> covering(String host) {
    return issued.stream()
        .filter(it -> it.covers(host))
        .min(
            Comparator.comparing((Certificate it) -> !it.names(host))
                .thenComparing(Certificate::notAfter, Comparator.reverseOrder())
                .thenComparing(Certificate::arn));
  }
}
