package io.highlyavailable.operator.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image in a private registry of Amazon ECR.
 *
 * @param registry the registry's host
 * @param accountId the account that the registry is of
 * @param region the registry's region
 * @param repository the repository's name, without tag and digest
 */
public record EcrImage(String registry, String accountId, String region, String repository) {
  private static final Pattern FORM =
      Pattern.compile(
          "((\\d{12})\\.dkr\\.ecr(?:-fips)?\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?)"
              + "/([^:@]+)(?::[^@]*)?(?:@.*)?");

  /** The image with this reference, if it is one of ECR's private registries. */
  public static Optional<EcrImage> of(String reference) {
    Matcher parts = FORM.matcher(reference);
    return parts.matches()
        ? Optional.of(new EcrImage(parts.group(1), parts.group(2), parts.group(3), parts.group(4)))
        : Optional.empty();
  }
}
