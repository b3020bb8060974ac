package io.highlyavailable.testbed.alb;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.CertificateSummary;

/**
 * Finds issued certificates in ACM by host. One listing serves all Ingresses for a while; a host
 * that it does not cover asks for a new one.
 */
final class CertificateDiscovery implements CertificateLookup {

  /** Two hundred Ingresses at once are one listing; a certificate just issued is found soon. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final AcmClient acm;
  private List<CertificateSummary> listed = List.of();
  private long listedAt;

  CertificateDiscovery(AcmClient acm) {
    this.acm = acm;
  }

  @Override
  public synchronized Optional<String> forHost(String host) {
    Optional<String> known = match(host);
    if (known.isPresent() && !isStale(Duration.ofMinutes(1))) {
      return known;
    }
    if (isStale(FRESH)) {
      listed =
          acm
              .listCertificatesPaginator(b -> b.certificateStatuses(CertificateStatus.ISSUED))
              .certificateSummaryList()
              .stream()
              .toList();
      listedAt = System.nanoTime();
    }
    return match(host);
  }

  private boolean isStale(Duration age) {
    return listedAt == 0 || System.nanoTime() - listedAt > age.toNanos();
  }

  /** An exact name before a wildcard, as the more specific one. */
  private Optional<String> match(String host) {
    int dot = host.indexOf('.');
    String wildcard = dot < 0 ? host : "*" + host.substring(dot);
    return Stream.of(host, wildcard)
        .flatMap(name -> listed.stream().filter(certificate -> covers(certificate, name)))
        .map(CertificateSummary::certificateArn)
        .findFirst();
  }

  private static boolean covers(CertificateSummary certificate, String name) {
    return name.equals(certificate.domainName())
        || certificate.subjectAlternativeNameSummaries().contains(name);
  }
}
