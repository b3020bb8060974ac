package io.highlyavailable.operator.model;

import io.highlyavailable.api.v1alpha1.AccessLogsSpec;
import io.highlyavailable.api.v1alpha1.Defaults;
import io.highlyavailable.api.v1alpha1.IngressSpec;
import io.highlyavailable.api.v1alpha1.LoadBalancerScheme;
import io.highlyavailable.api.v1alpha1.TlsMode;
import io.highlyavailable.api.v1alpha1.TlsSpec;
import io.highlyavailable.operator.model.App.Exposure;
import org.jspecify.annotations.Nullable;

/** Fills in the defaults of {@code spec.ingress}. */
final class ExposureDefaults {
  private ExposureDefaults() {}

  static @Nullable Exposure exposure(@Nullable IngressSpec ingress) {
    if (ingress == null) {
      return null;
    }
    TlsSpec tls = ingress.tls() == null ? new TlsSpec(TlsMode.ENABLED, null) : ingress.tls();
    return new Exposure(
        Blocks.orElse(ingress.host(), ""),
        Blocks.orElse(ingress.className(), Defaults.INGRESS_CLASS_NAME),
        ingress.scheme() == LoadBalancerScheme.INTERNAL,
        Blocks.orElse(ingress.healthCheckPath(), Defaults.HEALTH_CHECK_PATH),
        Blocks.emptyToNull(tls.certificateArn()),
        tls.mode() == TlsMode.DISABLED,
        Blocks.emptyToNull(ingress.webAclArn()),
        ingress.annotations(),
        accessLogDays(ingress.accessLogs()));
  }

  private static @Nullable Integer accessLogDays(@Nullable AccessLogsSpec logs) {
    return logs == null ? null : Blocks.orElse(logs.expireDays(), Defaults.ACCESS_LOG_DAYS);
  }
}
