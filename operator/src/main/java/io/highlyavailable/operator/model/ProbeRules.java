package io.highlyavailable.operator.model;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.highlyavailable.api.v1alpha1.ProbesSpec;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules about {@code spec.probes}. */
final class ProbeRules {
  /** Name of the port that the app listens on. */
  private static final String PORT_NAME = "http";

  private ProbeRules() {}

  static void check(@Nullable ProbesSpec probes, Violations violations) {
    if (probes == null) {
      return;
    }
    probe("spec.probes.readiness", probes.readiness(), violations);
    probe("spec.probes.liveness", probes.liveness(), violations);
    probe("spec.probes.startup", probes.startup(), violations);
  }

  private static void probe(String field, @Nullable Probe probe, Violations violations) {
    if (probe == null) {
      return;
    }
    long handlers =
        Stream.of(probe.getHttpGet(), probe.getTcpSocket(), probe.getExec(), probe.getGrpc())
            .filter(handler -> handler != null)
            .count();
    violations.addIf(handlers != 1, field, "give exactly one of httpGet, tcpSocket, exec and grpc");
    if (probe.getHttpGet() != null) {
      port(field + ".httpGet.port", probe.getHttpGet().getPort(), violations);
    }
    if (probe.getTcpSocket() != null) {
      port(field + ".tcpSocket.port", probe.getTcpSocket().getPort(), violations);
    }
  }

  private static void port(String field, @Nullable IntOrString port, Violations violations) {
    boolean number = port != null && port.getIntVal() != null;
    boolean ours = port != null && PORT_NAME.equals(port.getStrVal());
    violations.addIf(!number && !ours, field, "use http, the name of spec.port, or a number");
  }
}
