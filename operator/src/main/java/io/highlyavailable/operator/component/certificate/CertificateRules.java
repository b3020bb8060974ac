package io.highlyavailable.operator.component.certificate;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the certificate for the app's host, as the AWS Load Balancer Controller does for an
 * Ingress. Changes nothing.
 */
public final class CertificateRules implements Component<CertificateDesired, Certificates> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("certificate");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "acm-certificate";
  }

  @Override
  public String condition() {
    return "IngressReady";
  }

  @Override
  public Class<Certificates> resourceType() {
    return Certificates.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  /** Only where the spec leaves open which one it is. */
  @Override
  public boolean wanted(App app) {
    return Compute.wanted(app)
        && app.ingress()
            .filter(ingress -> !ingress.plaintext() && ingress.certificateArn() == null)
            .isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.region());
  }

  @Override
  public Desired<CertificateDesired> desired(App app, Upstream upstream) {
    return new Desired.Known<>(
        new CertificateDesired(app.ingress().orElseThrow().host(), app.region()));
  }

  @Override
  public List<Difference> differences(CertificateDesired desired, Certificates actual) {
    return List.of();
  }

  @Override
  public Readiness readiness(CertificateDesired desired, Certificates actual) {
    if (actual.covering(desired.host()).isPresent()) {
      return new Readiness.Ready();
    }
    return new Readiness.Failed(
        "spec.ingress.host: Certificate Manager has no issued certificate for %s in %s"
            .formatted(desired.host(), desired.region()),
        "request or import one there and have it issued, or name one in"
            + " spec.ingress.tls.certificateArn, or set spec.ingress.tls.mode to Disabled");
  }

  @Override
  public String remark(App app, Certificates actual) {
    return app.ingress().flatMap(it -> actual.covering(it.host())).map(Certificate::arn).orElse("");
  }

  @Override
  public boolean managed() {
    return false;
  }

  @Override
  public Set<String> iamActions() {
    return Set.of("acm:ListCertificates", "acm:DescribeCertificate");
  }
}
