package io.highlyavailable.operator.component.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.ReadOnlyContract;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.acm.AcmClient;

class CertificateAdapterTest extends ReadOnlyContract<CertificateDesired, Certificates> {
  private AcmClient acm;

  CertificateAdapterTest() {
    super(new CertificateModule());
  }

  @BeforeEach
  void client() {
    acm = emulator.configure(AcmClient.builder(), "somebody").build();
  }

  private String request(String host, String other) {
    return acm.requestCertificate(b -> b.domainName(host).subjectAlternativeNames(other))
        .certificateArn();
  }

  private Certificate covering(String host) {
    return adapter.find("us-east-1").orElseThrow().covering(host).orElseThrow();
  }

  @Test
  void findsAllNamesOfWhatIsIssuedInTheRegion() {
    String arn = request("Shop.example.net", "www.example.net");
    Certificates row = adapter.list().rows().getFirst();
    assertThat(adapter.find("us-east-1")).contains(row);
    assertThat(covering("shop.example.net").arn()).isEqualTo(arn);
    assertThat(covering("www.example.net").arn()).isEqualTo(arn);
    assertThat(adapter.find("eu-west-1")).isEmpty();
  }

  /** A summary shows a hundred of them. */
  @Test
  void findsNamesThatTheListingDoesNotShow() {
    List<String> many =
        IntStream.range(0, 120).mapToObj(i -> "host-" + i + ".example.net").toList();
    String arn = emulator.addCertificate("many.example.net", many);
    assertThat(many).allSatisfy(host -> assertThat(covering(host).arn()).isEqualTo(arn));
  }
}
