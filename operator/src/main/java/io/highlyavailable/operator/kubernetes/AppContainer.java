package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BindingNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The app's own container, before the user's podTemplate. */
final class AppContainer {
  private AppContainer() {}

  static Container of(App app, WorkloadInputs inputs) {
    App.Workload workload = app.workload();
    return new ContainerBuilder()
        .withName(PodObject.CONTAINER)
        .withImage(workload.image())
        .addNewPort()
        .withName(PodObject.PORT_NAME)
        .withContainerPort(workload.port())
        .withProtocol("TCP")
        .endPort()
        .withEnv(environment(app, inputs))
        .withEnvFrom(workload.envFrom())
        .withResources(workload.resources())
        .withReadinessProbe(readiness(workload.probes().readiness()))
        .withLivenessProbe(workload.probes().liveness())
        .withStartupProbe(workload.probes().startup())
        .withLifecycle(lifecycle(workload.availability().drain()))
        .withVolumeMounts(inputs.bindings().stream().map(AppContainer::mount).toList())
        .build();
  }

  /** Bindings come first, so that the user's variables may refer to them. */
  private static List<EnvVar> environment(App app, WorkloadInputs inputs) {
    List<EnvVar> environment = new ArrayList<>();
    if (!inputs.bindings().isEmpty()) {
      environment.add(new EnvVar(BindingNames.ROOT_VARIABLE, BindingNames.ROOT, null));
    }
    if (app.bindings().env()) {
      inputs.bindings().forEach(binding -> variables(app, binding).forEach(environment::add));
    }
    environment.addAll(app.workload().env());
    return environment;
  }

  private static Stream<EnvVar> variables(App app, Binding binding) {
    return Stream.concat(Stream.of("type"), binding.data().keySet().stream())
        .distinct()
        .map(key -> variable(app, binding, key));
  }

  private static EnvVar variable(App app, Binding binding, String key) {
    return new EnvVarBuilder()
        .withName(BindingNames.variable(app.bindings().prefix(), binding.suffix(), key))
        .withNewValueFrom()
        .withNewSecretKeyRef()
        .withName(BindingSecret.name(app, binding))
        .withKey(key)
        .endSecretKeyRef()
        .endValueFrom()
        .build();
  }

  private static Probe readiness(@Nullable Probe given) {
    return given != null
        ? given
        : new ProbeBuilder()
            .withNewTcpSocket()
            .withPort(new IntOrString(PodObject.PORT_NAME))
            .endTcpSocket()
            .withPeriodSeconds(5)
            .build();
  }

  /** Goes on serving while the load balancer and every node's routes let go of the pod. */
  private static @Nullable Lifecycle lifecycle(Duration drain) {
    return drain.isZero()
        ? null
        : new LifecycleBuilder()
            .withNewPreStop()
            .withNewSleep(drain.toSeconds())
            .endPreStop()
            .build();
  }

  private static VolumeMount mount(Binding binding) {
    return new VolumeMountBuilder()
        .withName(BindingNames.VOLUME_PREFIX + binding.suffix())
        .withMountPath(BindingNames.ROOT + "/" + binding.suffix())
        .withReadOnly(true)
        .build();
  }

  static Volume volume(App app, Binding binding) {
    return new VolumeBuilder()
        .withName(BindingNames.VOLUME_PREFIX + binding.suffix())
        .withNewSecret()
        .withSecretName(BindingSecret.name(app, binding))
        .endSecret()
        .build();
  }
}
