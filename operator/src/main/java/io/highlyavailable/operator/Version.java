package io.highlyavailable.operator;

import java.util.Optional;

/** The operator's own version, from its jar's manifest. */
final class Version {
  /** Such as {@code 0.1.0}; {@code development} when run from classes. */
  static final String CURRENT =
      Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
          .orElse("development");

  private Version() {}
}
