package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SeccompProfileBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;

/**
 * What the Pod Security Standard "restricted" asks for, in every container, the user's sidecars
 * too, unless podTemplate says otherwise. A read-only root file system is not part of it: most
 * frameworks write temporary files, and a default that breaks them would be turned off blindly.
 */
final class PodSecurity {
  private PodSecurity() {}

  /** Fills in what is not set, in place. */
  static PodTemplateSpec harden(PodTemplateSpec pod) {
    PodSpec spec = pod.getSpec();
    if (spec.getSecurityContext() == null) {
      spec.setSecurityContext(new PodSecurityContext());
    }
    PodSecurityContext context = spec.getSecurityContext();
    if (context.getRunAsNonRoot() == null) {
      context.setRunAsNonRoot(true);
    }
    if (context.getSeccompProfile() == null) {
      context.setSeccompProfile(new SeccompProfileBuilder().withType("RuntimeDefault").build());
    }
    spec.getContainers().forEach(PodSecurity::harden);
    spec.getInitContainers().forEach(PodSecurity::harden);
    return pod;
  }

  private static void harden(Container container) {
    if (container.getSecurityContext() == null) {
      container.setSecurityContext(new SecurityContext());
    }
    SecurityContext context = container.getSecurityContext();
    boolean privileged = Boolean.TRUE.equals(context.getPrivileged());
    if (context.getAllowPrivilegeEscalation() == null && !privileged) {
      context.setAllowPrivilegeEscalation(false);
    }
    if (context.getCapabilities() == null && !privileged) {
      context.setCapabilities(new CapabilitiesBuilder().withDrop(List.of("ALL")).build());
    }
  }
}
