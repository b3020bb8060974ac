package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica's part in the election of the leader. JOSDK's own neither gives the lease back, which
 * leaves everybody without a leader for as long as a lease lasts, nor lets a leader end that is
 * told to: it asks the JVM to exit from within its exit, and waits for itself.
 */
public final class Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final KubernetesClient client;
  private final String namespace;
  private final String lease;
  private final String identity;
  private final Consumer<Boolean> leading;
  private volatile boolean stands;
  private volatile boolean stopping;

  /**
   * A candidate.
   *
   * @param namespace of the lease; empty for the client's own
   * @param lease its name
   * @param environment of the process, where a pod has its name
   * @param leading told of each change
   */
  public Leadership(
      KubernetesClient client,
      String namespace,
      String lease,
      Map<String, String> environment,
      Consumer<Boolean> leading) {
    this.client = client;
    this.namespace = namespace.isEmpty() ? client.getConfiguration().getNamespace() : namespace;
    this.lease = lease;
    this.identity = identity(environment);
    this.leading = leading;
  }

  /** Outside of pods several may run on one host. */
  private static String identity(Map<String, String> environment) {
    boolean inPod = environment.containsKey("KUBERNETES_SERVICE_HOST");
    String host = environment.getOrDefault("HOSTNAME", "");
    return inPod && !host.isBlank() ? host : UUID.randomUUID().toString();
  }

  /** How JOSDK holds the election. */
  public LeaderElectionConfiguration election() {
    stands = true;
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease)
        .withLeaseNamespace(namespace)
        .withIdentity(identity)
        .withExitOnStopLeading(false)
        .withLeaderCallbacks(
            new LeaderCallbacks(() -> leading.accept(true), this::lost, leader -> {}))
        .build();
  }

  /** Somebody else may lead already: what runs here must not go on, and starts again as standby. */
  private void lost() {
    leading.accept(false);
    if (!stopping) {
      LOG.error("{} no longer leads, and ends", identity);
      // In a thread of its own: this one holds what stopping waits for.
      Thread.ofPlatform().name("lost-leadership").start(() -> System.exit(1));
    }
  }

  /** From now on losing the lease is intended. */
  public void stopping() {
    stopping = true;
  }

  /**
   * Gives the lease back when it is this replica's, so that another leads at once. Only when
   * nothing that a leader does runs here any more.
   */
  public void release() {
    if (!stands) {
      return;
    }
    try {
      Lease held = client.leases().inNamespace(namespace).withName(lease).get();
      if (held == null || !identity.equals(held.getSpec().getHolderIdentity())) {
        return;
      }
      held.getSpec().setHolderIdentity("");
      held.getSpec().setLeaseDurationSeconds(1);
      held.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC));
      // Its resourceVersion goes with it: one that somebody took in between stays theirs.
      client.resource(held).update();
      LOG.info("Gave the lease {}/{} back", namespace, lease);
    } catch (KubernetesClientException e) {
      LOG.warn("Cannot give the lease {}/{} back: it runs out", namespace, lease, e);
    }
  }
}
