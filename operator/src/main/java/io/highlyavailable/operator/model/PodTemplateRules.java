package io.highlyavailable.operator.model;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.highlyavailable.api.v1alpha1.Defaults;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppSpec;
import io.highlyavailable.api.v1alpha1.PodMetadata;
import io.highlyavailable.api.v1alpha1.PodTemplateOverlay;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules about {@code spec.podTemplate}: it may add to the generated pod, but not say what another
 * field of the spec says, nor break what keeps the app available.
 */
final class PodTemplateRules {
  /** The app's own container; every other one is the user's. */
  private static final String APP = "app";

  private static final String POD = "spec.podTemplate.spec.";

  private static final Set<String> OWNED_LABELS =
      Set.of(
          "app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/managed-by");

  private final HighlyAvailableAppSpec spec;
  private final Violations violations;

  private PodTemplateRules(HighlyAvailableAppSpec spec, Violations violations) {
    this.spec = spec;
    this.violations = violations;
  }

  static void check(HighlyAvailableAppSpec spec, Violations violations) {
    PodTemplateOverlay overlay = spec.podTemplate();
    if (overlay == null) {
      return;
    }
    PodTemplateRules rules = new PodTemplateRules(spec, violations);
    rules.readable(overlay);
    rules.metadata(overlay.metadata());
    if (overlay.spec() != null) {
      rules.pod(overlay.spec());
    }
  }

  private void readable(PodTemplateOverlay overlay) {
    try {
      Blocks.MAPPER.convertValue(overlay, new TypeReference<Map<String, Object>>() {});
    } catch (IllegalArgumentException _) {
      violations.add("spec.podTemplate", "it is not part of a core/v1 PodTemplateSpec");
    }
  }

  private void metadata(@Nullable PodMetadata metadata) {
    if (metadata == null) {
      return;
    }
    for (String key : metadata.labels().keySet()) {
      violations.addIf(
          OWNED_LABELS.contains(key) || key.startsWith("highlyavailable.io/"),
          "spec.podTemplate.metadata.labels." + key,
          "the operator sets it; remove it");
    }
    for (String key : metadata.annotations().keySet()) {
      violations.addIf(
          key.startsWith("highlyavailable.io/"),
          "spec.podTemplate.metadata.annotations." + key,
          "the operator sets it; remove it");
    }
  }

  private void pod(PodSpec pod) {
    violations.refuse(
        pod.getServiceAccountName(),
        POD + "serviceAccountName",
        "set spec.serviceAccountName instead");
    violations.refuse(
        pod.getServiceAccount(), POD + "serviceAccount", "set spec.serviceAccountName instead");
    violations.refuse(
        pod.getImagePullSecrets(), POD + "imagePullSecrets", "set spec.imagePullSecrets instead");
    violations.refuse(
        pod.getTopologySpreadConstraints(),
        POD + "topologySpreadConstraints",
        "set spec.availability instead");
    violations.refuse(
        pod.getTerminationGracePeriodSeconds(),
        POD + "terminationGracePeriodSeconds",
        "set spec.availability.drainSeconds instead");
    violations.refuse(
        pod.getRestartPolicy(), POD + "restartPolicy", "pods of a Deployment always restart");
    volumes(pod);
    Set<String> names = new HashSet<>();
    containers("containers", pod.getContainers(), names);
    containers("initContainers", pod.getInitContainers(), names);
  }

  private void volumes(PodSpec pod) {
    if (pod.getVolumes() == null) {
      return;
    }
    pod.getVolumes().stream()
        .map(volume -> volume.getName() == null ? "" : volume.getName())
        .filter(name -> name.isEmpty() || name.startsWith(BindingNames.VOLUME_PREFIX))
        .forEach(
            name ->
                violations.add(
                    POD + "volumes", "give each a name that does not begin with binding-"));
  }

  private void containers(String list, @Nullable List<Container> containers, Set<String> names) {
    if (containers == null) {
      return;
    }
    for (int i = 0; i < containers.size(); i++) {
      container(list, POD + list + "[" + i + "]", containers.get(i), names);
    }
  }

  private void container(String list, String field, Container container, Set<String> names) {
    String name = container.getName();
    if (name == null || name.isEmpty()) {
      violations.add(field + ".name", "name the container; the app's own is called app");
    } else if (!names.add(name)) {
      violations.add(field + ".name", name + " is given twice; rename one");
    }
    boolean main = list.equals("containers");
    if (main && APP.equals(name)) {
      app(field, container);
    } else if (main) {
      ports(field, container);
    } else {
      violations.addIf(APP.equals(name), field + ".name", "app is the app's own container");
    }
  }

  private void app(String field, Container app) {
    violations.refuse(app.getImage(), field + ".image", "set spec.image instead");
    violations.refuse(app.getEnv(), field + ".env", "set spec.env instead");
    violations.refuse(app.getEnvFrom(), field + ".envFrom", "set spec.envFrom instead");
    violations.refuse(app.getResources(), field + ".resources", "set spec.resources instead");
    violations.refuse(
        app.getReadinessProbe(), field + ".readinessProbe", "set spec.probes.readiness instead");
    violations.refuse(
        app.getLivenessProbe(), field + ".livenessProbe", "set spec.probes.liveness instead");
    violations.refuse(
        app.getStartupProbe(), field + ".startupProbe", "set spec.probes.startup instead");
    violations.refuse(
        app.getLifecycle() == null ? null : app.getLifecycle().getPreStop(),
        field + ".lifecycle.preStop",
        "set spec.availability.drainSeconds instead");
    ports(field, app);
    mounts(field, app);
  }

  private void ports(String field, Container container) {
    if (container.getPorts() == null) {
      return;
    }
    int port = Blocks.orElse(spec.port(), Defaults.PORT);
    for (ContainerPort given : container.getPorts()) {
      boolean ours =
          "http".equals(given.getName())
              || given.getContainerPort() != null && given.getContainerPort() == port;
      violations.addIf(
          ours,
          field + ".ports",
          "http and port " + port + " are the app's: set spec.port instead");
    }
  }

  private void mounts(String field, Container app) {
    if (app.getVolumeMounts() == null) {
      return;
    }
    app.getVolumeMounts().stream()
        .map(mount -> mount.getMountPath() == null ? "" : mount.getMountPath())
        .filter(path -> path.equals(BindingNames.ROOT) || path.startsWith(BindingNames.ROOT + "/"))
        .forEach(
            path ->
                violations.add(
                    field + ".volumeMounts",
                    "bindings are mounted at /bindings; use another path"));
  }
}
