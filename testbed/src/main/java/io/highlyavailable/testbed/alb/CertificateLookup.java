package io.highlyavailable.testbed.alb;

import java.util.Optional;

/** Finds certificates. */
interface CertificateLookup {
  /** The ARN of an issued certificate for a host name. */
  Optional<String> forHost(String host);
}
