package io.highlyavailable.testbed.serving;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.testbed.build.DebianPackages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Three zones with a node each whose pods really serve, behind a proxy. For one app at a time,
 * whose pods must select {@link #NODE_LABEL} and tolerate a taint of that key.
 */
public final class Serving implements AutoCloseable {
  /** Label of the nodes, with the value {@code true}, and the key of their taint. */
  public static final String NODE_LABEL = ServingNodes.KEY;

  /** The zones. */
  public static final List<String> ZONES = ServingNodes.ZONES;

  private static final Pattern DELAY =
      Pattern.compile("deregistration_delay\\.timeout_seconds=(\\d+)");

  /** ELB's default. */
  private static final Duration LONGEST = Duration.ofSeconds(300);

  private static final int A_SECOND = 60;

  private final KubernetesClient client;
  private final ServingNodes nodes;
  private final Kubelet kubelet;
  private final Proxy proxy;
  private @Nullable Targets targets;

  private Serving(KubernetesClient client, ServingNodes nodes, Kubelet kubelet, Proxy proxy) {
    this.client = client;
    this.nodes = nodes;
    this.kubelet = kubelet;
    this.proxy = proxy;
  }

  /**
   * Starts the nodes.
   *
   * @param packages where HAProxy comes from
   * @param directory for programs and logs
   * @param preStop whether pods' preStop hooks are run; without, requests fail
   */
  public static Serving start(
      KubernetesClient client, DebianPackages packages, Path directory, boolean preStop) {
    Proxy proxy = Proxy.start(packages, directory);
    return new Serving(
        client, ServingNodes.create(client), new Kubelet(client, directory, preStop), proxy);
  }

  /**
   * Sends requests to the pods of an app from now on, with the delays that its Ingress asks for.
   *
   * @param app name of its Service and Ingress
   */
  public void balance(String namespace, String app, Delays delays) {
    Ingress ingress =
        client.network().v1().ingresses().inNamespace(namespace).withName(app).require();
    String attributes =
        ingress
            .getMetadata()
            .getAnnotations()
            .getOrDefault("alb.ingress.kubernetes.io/target-group-attributes", "");
    Matcher delay = DELAY.matcher(attributes);
    Duration deregistration =
        delay.find() ? Duration.ofSeconds(Long.parseLong(delay.group(1))) : LONGEST;
    targets = new Targets(client, namespace, app, kubelet, proxy, delays, deregistration);
  }

  /** Requests that are sent once each. */
  public Load load() {
    return Load.start(proxy.strictPort(), A_SECOND);
  }

  /** Requests that are sent to another pod when one gives no answer at all. */
  public Load patientLoad() {
    return Load.start(proxy.patientPort(), A_SECOND);
  }

  /** The node of a zone. */
  public String nodeOf(String zone) {
    return ServingNodes.nodeOf(zone);
  }

  /** All that is in a zone is gone at once. */
  public void lose(String zone) {
    kubelet.lose(ServingNodes.nodeOf(zone));
    nodes.lose(zone);
  }

  /** The zone is there again. */
  public void recover(String zone) {
    nodes.recover(zone);
    kubelet.recover(ServingNodes.nodeOf(zone));
  }

  @Override
  public void close() {
    if (targets != null) {
      targets.close();
    }
    kubelet.close();
    proxy.close();
    nodes.close();
  }
}
