package io.highlyavailable.operator.component.certificate;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the lookup of the certificate. */
public final class CertificateModule
    implements Module<CertificateDesired, Certificates, AwsClients> {
  @Override
  public Component<CertificateDesired, Certificates> component() {
    return new CertificateRules();
  }

  @Override
  public Adapter<CertificateDesired, Certificates> adapter(AwsClients clients) {
    return new CertificateAdapter(clients);
  }
}
