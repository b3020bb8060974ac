package io.highlyavailable.testbed.alb;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Runs the {@link LoadBalancerController} as a program of its own, until it is killed. */
@Command(
    name = "load-balancer-controller",
    mixinStandardHelpOptions = true,
    description = "Gives Ingresses of class alb load balancers in the AWS emulator.")
public final class Main implements Callable<Integer> {

  @Option(
      names = "--kubeconfig",
      defaultValue = "${env:KUBECONFIG}",
      required = true,
      description = "kubeconfig of a cluster administrator; default: $KUBECONFIG")
  private Path kubeconfig;

  @Option(
      names = "--aws-endpoint",
      defaultValue = "${env:AWS_ENDPOINT_URL}",
      required = true,
      description = "URL of the AWS emulator; default: $AWS_ENDPOINT_URL")
  private URI awsEndpoint;

  @Option(
      names = "--region",
      defaultValue = "${env:AWS_REGION:-us-east-1}",
      description = "default: $AWS_REGION, else us-east-1")
  private String region;

  @Option(
      names = "--vpc-id",
      description = "VPC of the cluster; default: the one whose subnets have the role tags")
  private @Nullable String vpcId;

  @Option(names = "--cluster-name", defaultValue = "local", description = "default: local")
  private String clusterName;

  private Main() {}

  /** See {@code --help}. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    String vpc = vpcId != null ? vpcId : discoverVpc();
    try (LoadBalancerController controller =
        LoadBalancerController.start(
            kubeconfig, awsEndpoint, Region.of(region), vpc, clusterName)) {
      System.out.println("serving Ingresses of class " + LoadBalancerController.INGRESS_CLASS);
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private String discoverVpc() {
    try (AwsClients aws =
        AwsClients.of(awsEndpoint, Region.of(region), LoadBalancerController.CALLER)) {
      List<String> vpcs = taggedVpcs(aws.ec2());
      if (vpcs.size() != 1) {
        throw new CommandLine.ParameterException(
            new CommandLine(this),
            "give --vpc-id: subnets with tag kubernetes.io/role/elb are in " + vpcs);
      }
      return vpcs.getFirst();
    }
  }

  private static List<String> taggedVpcs(Ec2Client ec2) {
    return ec2
        .describeSubnetsPaginator(
            b -> b.filters(f -> f.name("tag-key").values("kubernetes.io/role/elb")))
        .subnets()
        .stream()
        .map(Subnet::vpcId)
        .distinct()
        .toList();
  }
}
