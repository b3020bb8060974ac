package io.highlyavailable.testbed.alb;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.regions.Region;

/** Runs the {@link LoadBalancerController} as a program of its own, until it is killed. */
@Command(
    name = "load-balancer-controller",
    mixinStandardHelpOptions = true,
    description = "Gives Ingresses of class alb load balancers in the AWS emulator.")
public final class LoadBalancerControllerMain implements Callable<Integer> {

  @Option(
      names = "--kubeconfig",
      required = true,
      description = "kubeconfig of a cluster administrator")
  private Path kubeconfig;

  @Option(names = "--aws-endpoint", required = true, description = "URL of the AWS emulator")
  private URI awsEndpoint;

  @Option(names = "--region", defaultValue = "us-east-1", description = "default: us-east-1")
  private String region;

  @Option(names = "--vpc-id", required = true, description = "VPC of the cluster")
  private String vpcId;

  @Option(names = "--cluster-name", defaultValue = "local", description = "default: local")
  private String clusterName;

  private LoadBalancerControllerMain() {}

  /** See {@code --help}. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LoadBalancerControllerMain()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    try (LoadBalancerController controller =
        LoadBalancerController.start(
            kubeconfig, awsEndpoint, Region.of(region), vpcId, clusterName)) {
      System.out.println("serving Ingresses of class " + LoadBalancerController.INGRESS_CLASS);
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
