package io.highlyavailable.testbed.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.acm.model.KeyAlgorithm;

/** Source: the API reference of Certificate Manager (2015-12-08). */
class CertificatesContractTest extends EmulatorTest {
  private final AcmClient acm = client(AcmClient.builder());

  @Test
  void theExamplesHostsHaveIssuedCertificatesAndNewOnesAreIssuedAtOnce() {
    assertThat(issued()).containsExactlyInAnyOrder("shop.example.com", "*.example.com");
    acm.requestCertificate(b -> b.domainName("requested.example.org"));
    emulator().addCertificate("given.example.org");
    assertThat(issued()).contains("requested.example.org", "given.example.org");
    emulator().reset();
    assertThat(issued()).containsExactlyInAnyOrder("shop.example.com", "*.example.com");
  }

  private List<String> issued() {
    return acm
        .listCertificates(b -> b.certificateStatuses(CertificateStatus.ISSUED))
        .certificateSummaryList()
        .stream()
        .map(CertificateSummary::domainName)
        .toList();
  }

  /** ListCertificates: names in the summary, and other keys than RSA_2048 only when asked for. */
  @Test
  void aListingHasNamesAndPages() {
    acm.requestCertificate(
        b -> b.domainName("shop.example.org").subjectAlternativeNames("www.example.org"));
    assertThat(
            acm.listCertificates(b -> b.includes(it -> it.keyTypes(KeyAlgorithm.EC_PRIME256_V1)))
                .certificateSummaryList())
        .isEmpty();
    CertificateSummary summary =
        acm.listCertificates().certificateSummaryList().stream()
            .filter(it -> it.domainName().equals("shop.example.org"))
            .findFirst()
            .orElseThrow();
    assertThat(summary.subjectAlternativeNameSummaries())
        .containsExactlyInAnyOrder("shop.example.org", "www.example.org");
    assertThat(summary.hasAdditionalSubjectAlternativeNames()).isFalse();
    var first = acm.listCertificates(b -> b.maxItems(2));
    var second = acm.listCertificates(b -> b.maxItems(2).nextToken(first.nextToken()));
    assertThat(second.certificateSummaryList()).hasSize(1);
  }
}
