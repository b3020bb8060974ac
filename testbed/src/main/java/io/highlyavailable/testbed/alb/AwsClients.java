package io.highlyavailable.testbed.alb;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** The clients of the three services that the controller uses. */
record AwsClients(ElasticLoadBalancingV2Client elb, Ec2Client ec2, AcmClient acm)
    implements AutoCloseable {

  /** Clients of the emulator, calling as {@code caller}. */
  static AwsClients of(URI endpoint, Region region, String caller) {
    return new AwsClients(
        configure(ElasticLoadBalancingV2Client.builder(), endpoint, region, caller).build(),
        configure(Ec2Client.builder(), endpoint, region, caller).build(),
        configure(AcmClient.builder(), endpoint, region, caller).build());
  }

  private static <B extends AwsClientBuilder<B, C>, C> B configure(
      B builder, URI endpoint, Region region, String caller) {
    return builder
        .endpointOverride(endpoint)
        .region(region)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(caller, "secret")));
  }

  @Override
  public void close() {
    elb.close();
    ec2.close();
    acm.close();
  }
}
