package io.highlyavailable.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;

/**
 * The chart's guard of uninstalling, whose answer the test gives: pods of Jobs succeed at once on
 * the local platform, so it gets none until it may agree.
 */
final class UninstallGuard {
  private final KubernetesClient client;
  private final Resource<ResourceQuota> quota;

  private UninstallGuard(KubernetesClient client, Resource<ResourceQuota> quota) {
    this.client = client;
    this.quota = quota;
  }

  /** Lets the guard have no pod, and so no answer. */
  static UninstallGuard held(KubernetesClient client) {
    ResourceQuota noPods =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withName("no-pods")
            .withNamespace(ArgoCdRig.SYSTEM)
            .endMetadata()
            .withNewSpec()
            .addToHard("pods", new Quantity("0"))
            .endSpec()
            .build();
    Resource<ResourceQuota> quota = client.resource(noPods);
    quota.create();
    return new UninstallGuard(client, quota);
  }

  private Resource<Job> job() {
    return client
        .resources(Job.class)
        .inNamespace(ArgoCdRig.SYSTEM)
        .withName("highlyavailableapp-uninstall-guard");
  }

  /** Fails until the guard has been asked. */
  void assertAsked() {
    assertThat(job().get()).as("the guard's Job").isNotNull();
  }

  /** Answers as the guard does while there are apps. */
  void refuse() {
    job()
        .editStatus(
            job ->
                new JobBuilder(job)
                    .editOrNewStatus()
                    .addNewCondition()
                    .withType("FailureTarget")
                    .withStatus("True")
                    .withReason("Refused")
                    .endCondition()
                    .endStatus()
                    .build());
  }

  /** Lets it have pods from now on, and agree. */
  void release() {
    quota.delete();
  }
}
