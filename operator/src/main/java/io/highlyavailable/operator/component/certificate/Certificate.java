package io.highlyavailable.operator.component.certificate;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A certificate that can be used.
 *
 * @param arn its ARN
 * @param names the host names it is for, in lower case; a leading {@code *.} stands for one label
 * @param notAfter when it ends, in ISO 8601; empty when not known
 */
public record Certificate(String arn, SortedSet<String> names, String notAfter) {
  public Certificate {
    names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  /** Whether it names exactly this host. */
  boolean names(String host) {
    return names.contains(host.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether it is good for this host. A wildcard stands for exactly one label (RFC 9525, section
   * 6.3).
   */
  boolean covers(String host) {
    int dot = host.indexOf('.');
    return names(host) || dot > 0 && names("*" + host.substring(dot));
  }
}
