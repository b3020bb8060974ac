package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.highlyavailable.operator.component.UserSlot;
import io.highlyavailable.operator.component.UserTarget;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BindingNames;
import io.highlyavailable.operator.model.UserJobVariables;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes a database user, from within the cluster: the operator itself may be where no database can
 * be reached. It runs the operator's own image, and reads passwords from Secrets.
 */
final class UserJob {
  /** The value of {@link AppMetadata#JOB}. */
  static final String PURPOSE = "database-users";

  private static final String MASTER = "database-master";

  /** Long enough to be read, short enough to leave nothing behind. */
  private static final int TTL_SECONDS = 300;

  /**
   * The kubelet starts it again with a growing delay of at most 5 minutes; for as long as it takes,
   * since what it waits for (a route, a name server, a password) may come at any time.
   */
  private static final int RESTARTS = 100_000;

  /** The user that the image is made for; it owns nothing. */
  private static final long NOBODY = 65_532;

  private UserJob() {}

  /**
   * The Job.
   *
   * @param source tells one Job of an app from another
   */
  static Job of(App app, UserTarget target, UserSlot slot, String image, String source) {
    return AppliedHash.stamp(
        new JobBuilder()
            .withMetadata(AppMetadata.named(app, JobName.of(app, PURPOSE, source)))
            .editMetadata()
            .addToLabels(AppMetadata.JOB, PURPOSE)
            .endMetadata()
            .withNewSpec()
            .withBackoffLimit(RESTARTS)
            .withTtlSecondsAfterFinished(TTL_SECONDS)
            .withTemplate(
                pod(app, PURPOSE, image, UserJobVariables.ARGUMENT, variables(app, target, slot)))
            .endSpec()
            .build());
  }

  /** The pod of a Job that reaches a database with the operator's image. */
  static PodTemplateSpec pod(
      App app, String purpose, String image, String argument, List<EnvVar> env) {
    PodTemplateSpec pod =
        new PodTemplateSpecBuilder()
            .withNewMetadata()
            .withLabels(AppMetadata.jobPod(app, purpose))
            .endMetadata()
            .withNewSpec()
            .withRestartPolicy("OnFailure")
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withImagePullSecrets(app.workload().imagePullSecrets())
            .withContainers(container(purpose, image, argument, env))
            .addNewVolume()
            .withName("tmp")
            .withNewEmptyDir()
            .withSizeLimit(new Quantity("16Mi"))
            .endEmptyDir()
            .endVolume()
            .endSpec()
            .build();
    PodSecurity.harden(pod);
    pod.getSpec().getSecurityContext().setRunAsUser(NOBODY);
    pod.getSpec().getContainers().getFirst().getSecurityContext().setReadOnlyRootFilesystem(true);
    return pod;
  }

  private static Container container(
      String purpose, String image, String argument, List<EnvVar> env) {
    return new ContainerBuilder()
        .withName(purpose)
        .withImage(image)
        .withArgs(argument)
        .withEnv(env)
        .withResources(resources())
        .addNewVolumeMount()
        .withName("tmp")
        .withMountPath("/tmp")
        .endVolumeMount()
        .build();
  }

  private static List<EnvVar> variables(App app, UserTarget target, UserSlot slot) {
    return Stream.concat(
            master(app, target).stream(),
            Stream.of(
                value(UserJobVariables.USERNAME, slot.username()),
                password(UserJobVariables.PASSWORD, app, slot.suffix())))
        .toList();
  }

  /** Who logs in where. */
  static List<EnvVar> master(App app, UserTarget target) {
    return List.of(
        value(UserJobVariables.ENGINE, target.engine()),
        value(UserJobVariables.HOST, target.host()),
        value(UserJobVariables.PORT, String.valueOf(target.port())),
        value(UserJobVariables.DATABASE, target.database()),
        value(UserJobVariables.MASTER_USERNAME, target.masterUsername()),
        password(UserJobVariables.MASTER_PASSWORD, app, MASTER));
  }

  private static ResourceRequirements resources() {
    Quantity memory = new Quantity("256Mi");
    return new ResourceRequirementsBuilder()
        .withRequests(new TreeMap<>(Map.of("cpu", new Quantity("50m"), "memory", memory)))
        .withLimits(Map.of("memory", memory))
        .build();
  }

  private static EnvVar value(String name, String value) {
    return new EnvVar(name, value, null);
  }

  private static EnvVar password(String name, App app, String suffix) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewSecretKeyRef()
        .withName(BindingNames.secret(app.identity().name(), suffix))
        .withKey(MasterSecret.KEY)
        .endSecretKeyRef()
        .endValueFrom()
        .build();
  }

  /** All that a user is made of: when any of it changes, it has to be made again. */
  static String source(App app, UserTarget target, UserSlot slot, UserFacts.Password password) {
    return AppliedHash.of(
        List.of(
            app.resourceName(),
            target.incarnation(),
            target.database(),
            slot.username(),
            password.password().value()));
  }
}
