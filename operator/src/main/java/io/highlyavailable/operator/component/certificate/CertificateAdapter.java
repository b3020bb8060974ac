package io.highlyavailable.operator.component.certificate;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.ReadOnlyAdapter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.acm.model.KeyAlgorithm;
import software.amazon.awssdk.services.acm.model.ListCertificatesRequest;
import software.amazon.awssdk.services.acm.model.ResourceNotFoundException;

/** Reads a region's issued certificates in one paged listing. */
public final class CertificateAdapter implements ReadOnlyAdapter<CertificateDesired, Certificates> {
  /** Certificate Manager's largest page. */
  private static final int PAGE = 1000;

  /**
   * The keys that an Application Load Balancer takes ("SSL certificates for your Application Load
   * Balancer"); without a filter only RSA keys of 1024 and 2048 bits are listed.
   */
  private static final List<KeyAlgorithm> KEYS =
      List.of(
          KeyAlgorithm.RSA_2048,
          KeyAlgorithm.RSA_3072,
          KeyAlgorithm.RSA_4096,
          KeyAlgorithm.EC_PRIME256_V1,
          KeyAlgorithm.EC_SECP384_R1,
          KeyAlgorithm.EC_SECP521_R1);

  private final AwsClients clients;

  CertificateAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "acm";
  }

  @Override
  public Listing<Certificates> list() {
    var request =
        ListCertificatesRequest.builder()
            .certificateStatuses(CertificateStatus.ISSUED)
            .includes(filters -> filters.keyTypes(KEYS))
            .maxItems(PAGE)
            .build();
    List<Certificate> issued =
        clients.acm().listCertificatesPaginator(request).certificateSummaryList().stream()
            .map(this::certificate)
            .toList();
    return Listing.of(List.of(new Certificates(clients.region(), issued)));
  }

  @Override
  public Optional<Certificates> find(String name) {
    return list().rows().stream().filter(row -> row.name().equals(name)).findFirst();
  }

  private Certificate certificate(CertificateSummary summary) {
    return new Certificate(
        summary.certificateArn(),
        names(summary)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new)),
        summary.notAfter() == null ? "" : summary.notAfter().toString());
  }

  /** A summary has a hundred names at most. */
  private Stream<String> names(CertificateSummary summary) {
    List<String> others =
        Boolean.TRUE.equals(summary.hasAdditionalSubjectAlternativeNames())
            ? all(summary.certificateArn())
            : summary.subjectAlternativeNameSummaries();
    return Stream.concat(Stream.ofNullable(summary.domainName()), others.stream());
  }

  /** One that was deleted since it was listed is for no host. */
  private List<String> all(String arn) {
    try {
      return clients
          .acm()
          .describeCertificate(request -> request.certificateArn(arn))
          .certificate()
          .subjectAlternativeNames();
    } catch (ResourceNotFoundException e) {
      return List.of();
    }
  }
}
