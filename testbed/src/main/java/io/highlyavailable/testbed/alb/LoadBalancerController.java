package io.highlyavailable.testbed.alb;

import io.fabric8.kubernetes.api.model.networking.v1.IngressClassBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.regions.Region;

/**
 * The stand-in for the AWS Load Balancer Controller. Driven by watches, it polls nothing. It runs
 * in this JVM, or as a program of its own by {@link Main}.
 */
public final class LoadBalancerController implements AutoCloseable {

  /** The access key id of its calls, by which the emulator's call log tells them from others. */
  public static final String CALLER = "load-balancer-controller";

  /** The class of the Ingresses that it serves; others with the same controller are served too. */
  public static final String INGRESS_CLASS = "alb";

  /** Enough to keep the emulator busy, which answers one call at a time. */
  private static final int WORKERS = 16;

  private final KubernetesClient client;
  private final AwsClients aws;
  private final ClusterView cluster;
  private final WorkQueue<StackId> queue;

  private LoadBalancerController(
      KubernetesClient client, AwsClients aws, String vpcId, String clusterName) {
    this.client = client;
    this.aws = aws;
    this.cluster = new ClusterView(client);
    ResourceNames names = new ResourceNames(clusterName);
    IngressReconciler reconciler =
        new IngressReconciler(
            cluster,
            new IngressWriter(client),
            new ModelBuilder(names, new CertificateDiscovery(aws.acm()), cluster),
            new Deployer(aws, vpcId, names, new ResourceTags(clusterName)),
            new TargetRegistrar(aws.elb()),
            names);
    this.queue = new WorkQueue<>(WORKERS, reconciler::reconcile);
  }

  /**
   * Starts it, and returns when it watches. It makes the IngressClass {@value #INGRESS_CLASS} when
   * there is none.
   *
   * @param kubeconfig of an administrator
   * @param awsEndpoint the emulator
   * @param vpcId where load balancers go; its subnets carry the role tags
   * @param clusterName value of the tag {@code elbv2.k8s.aws/cluster}
   */
  public static LoadBalancerController start(
      Path kubeconfig, URI awsEndpoint, Region region, String vpcId, String clusterName) {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(new File(kubeconfig.toString())))
            .withUserAgent(CALLER)
            .build();
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
    LoadBalancerController controller =
        new LoadBalancerController(
            client, AwsClients.of(awsEndpoint, region, CALLER), vpcId, clusterName);
    try {
      controller.run();
    } catch (RuntimeException e) {
      controller.close();
      throw e;
    }
    return controller;
  }

  private void run() {
    ensureIngressClass();
    cluster.start(queue::add);
  }

  private void ensureIngressClass() {
    client
        .network()
        .v1()
        .ingressClasses()
        .resource(
            new IngressClassBuilder()
                .withNewMetadata()
                .withName(INGRESS_CLASS)
                .endMetadata()
                .withNewSpec()
                .withController(ClusterView.CONTROLLER)
                .endSpec()
                .build())
        .fieldManager(CALLER)
        .forceConflicts()
        .serverSideApply();
  }

  /** Stops watching. What it made stays, in the cluster and in AWS. */
  @Override
  public void close() {
    queue.close();
    cluster.close();
    client.close();
    aws.close();
  }
}
