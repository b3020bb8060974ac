package io.highlyavailable.operator.component.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App.Exposure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateRulesTest {
  private static final String LATER = "2027-11-01T00:00:00Z";
  private static final String SOONER = "2027-01-01T00:00:00Z";

  private final CertificateRules rules = new CertificateRules();

  private static Certificate certificate(String arn, String notAfter, String... names) {
    return new Certificate(arn, new TreeSet<>(Set.of(names)), notAfter);
  }

  private static Certificates region(Certificate... issued) {
    return new Certificates("us-east-1", List.of(issued));
  }

  @ParameterizedTest
  @CsvSource({
    "shop.example.com, shop.example.com, true",
    "SHOP.example.com, shop.example.com, true",
    "shop.example.com, *.example.com, true",
    "a.shop.example.com, *.example.com, false",
    "example.com, *.example.com, false",
    "example.com, example.com, true",
    "shop.example.org, *.example.com, false",
  })
  void aWildcardStandsForOneLabel(String host, String name, boolean covered) {
    assertThat(certificate("arn", LATER, name).covers(host)).isEqualTo(covered);
  }

  @Test
  void prefersOneThatNamesTheHostThenOneThatLastsThenAlwaysTheSame() {
    Certificate wildcard = certificate("a", LATER, "*.example.com");
    Certificate exact = certificate("b", SOONER, "shop.example.com");
    Certificate longer = certificate("c", LATER, "shop.example.com", "www.example.com");
    Certificate twin = certificate("d", LATER, "shop.example.com");
    assertThat(region(wildcard).covering("shop.example.com")).contains(wildcard);
    assertThat(region(exact, wildcard).covering("shop.example.com")).contains(exact);
    assertThat(region(twin, exact, longer, wildcard).covering("shop.example.com")).contains(longer);
    assertThat(region(exact).covering("other.example.com")).isEmpty();
  }

  @Test
  void saysWhatToDoWhereThereIsNone() {
    var desired = new CertificateDesired("shop.example.com", "us-east-1");
    assertThat(rules.readiness(desired, region(certificate("a", LATER, "*.example.com"))))
        .isEqualTo(new Readiness.Ready());
    assertThat(rules.readiness(desired, region()))
        .isInstanceOfSatisfying(
            Readiness.Failed.class,
            none -> {
              assertThat(none.reason())
                  .isEqualTo(
                      "spec.ingress.host: Certificate Manager has no issued certificate for"
                          + " shop.example.com in us-east-1");
              assertThat(none.nextStep()).contains("spec.ingress.tls.certificateArn");
            });
  }

  @Test
  void isLookedForOnlyWhereTheSpecLeavesItOpen() {
    assertThat(wanted(true, null, false)).isTrue();
    assertThat(wanted(true, "arn:aws:acm:us-east-1:1:certificate/x", false)).isFalse();
    assertThat(wanted(true, null, true)).isFalse();
    assertThat(wanted(false, null, false)).isFalse();
  }

  private boolean wanted(boolean instances, @Nullable String arn, boolean plaintext) {
    SampleApp app =
        SampleApp.named("shop")
            .exposure(
                new Exposure(
                    "shop.example.com", "alb", false, "/", arn, plaintext, null, Map.of()));
    return rules.wanted((instances ? app.instances() : app).build());
  }

  @Test
  void tellsWhichOneItIs() {
    var app = SampleApp.named("shop").instances().build();
    assertThat(rules.remark(app, region(certificate("arn:x", LATER, "*.example.com"))))
        .isEqualTo("arn:x");
  }
}
