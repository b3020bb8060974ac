package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.network.NetworkSeed;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Source: the API reference of Elastic Load Balancing (2015-12-01). */
class LoadBalancingContractTest extends EmulatorTest {
  private static final String LOG_POLICY =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:PutObject",
       "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
       "Resource": ["arn:aws:s3:::logs/web/AWSLogs/123456789012/*"]}]}
      """;

  private final ElasticLoadBalancingV2Client elb = client(ElasticLoadBalancingV2Client.builder());
  private Network network;

  @BeforeEach
  void makeNetwork() {
    network = NetworkSeed.ensure(emulator().endpoint(), "us-east-1", "test");
  }

  private LoadBalancer create(String name) {
    return elb.createLoadBalancer(b -> b.name(name).subnets(network.publicSubnetIds()))
        .loadBalancers()
        .getFirst();
  }

  private TargetGroup createGroup(String name) {
    return elb.createTargetGroup(
            b ->
                b.name(name)
                    .protocol(ProtocolEnum.HTTP)
                    .port(80)
                    .vpcId(network.vpcId())
                    .targetType(TargetTypeEnum.IP))
        .targetGroups()
        .getFirst();
  }

  private String listen(LoadBalancer balancer, int port, TargetGroup group) {
    return elb.createListener(
            b ->
                b.loadBalancerArn(balancer.loadBalancerArn())
                    .protocol(ProtocolEnum.HTTP)
                    .port(port)
                    .defaultActions(
                        a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(group.targetGroupArn())))
        .listeners()
        .getFirst()
        .listenerArn();
  }

  @Test
  void theSameLoadBalancerTwiceIsOneAndADifferentOneOfTheNameIsRefused() {
    LoadBalancer first = create("shop");
    assertThat(create("shop").loadBalancerArn()).isEqualTo(first.loadBalancerArn());
    refused(
        "DuplicateLoadBalancerName",
        () ->
            elb.createLoadBalancer(
                b ->
                    b.name("shop")
                        .scheme(LoadBalancerSchemeEnum.INTERNAL)
                        .subnets(network.publicSubnetIds())));
    assertThat(elb.describeLoadBalancers().loadBalancers()).hasSize(1);
  }

  @Test
  void aLoadBalancerNeedsTwoZonesAndAPossibleName() {
    refused(
        "InvalidConfigurationRequest",
        () ->
            elb.createLoadBalancer(
                b -> b.name("one").subnets(network.publicSubnetIds().getFirst())));
    refused("ValidationError", () -> create("internal-shop"));
    refused("ValidationError", () -> create("a-name-that-is-longer-than-32-letters"));
  }

  @Test
  void theHostNameOfAnInternalOneSaysSo() {
    assertThat(create("shop").dnsName()).matches("shop-\\d+\\.us-east-1\\.elb\\.amazonaws\\.com");
    LoadBalancer internal =
        elb.createLoadBalancer(
                b ->
                    b.name("inside")
                        .scheme(LoadBalancerSchemeEnum.INTERNAL)
                        .subnets(network.privateSubnetIds()))
            .loadBalancers()
            .getFirst();
    assertThat(internal.dnsName()).startsWith("internal-inside-");
  }

  @Test
  void aListingShowsMoreThanFiftyInOnePage() {
    IntStream.range(0, 55).forEach(i -> create("shop-" + i));
    assertThat(elb.describeLoadBalancers().loadBalancers()).hasSize(55);
    var first = elb.describeLoadBalancers(b -> b.pageSize(30));
    var second = elb.describeLoadBalancers(b -> b.pageSize(30).marker(first.nextMarker()));
    assertThat(second.loadBalancers()).hasSize(25);
  }

  @Test
  void oneListenerAPortAndHttpsOnlyWithACertificate() {
    LoadBalancer balancer = create("shop");
    TargetGroup group = createGroup("pods");
    listen(balancer, 80, group);
    refused("DuplicateListener", () -> listen(balancer, 80, group));
    refused(
        "ValidationError",
        () ->
            elb.createListener(
                b ->
                    b.loadBalancerArn(balancer.loadBalancerArn())
                        .protocol(ProtocolEnum.HTTPS)
                        .port(443)
                        .defaultActions(
                            a ->
                                a.type(ActionTypeEnum.FORWARD)
                                    .targetGroupArn(group.targetGroupArn()))));
  }

  @Test
  void theSameTargetGroupTwiceIsOneAndADifferentOneOfTheNameIsRefused() {
    String first = createGroup("pods").targetGroupArn();
    assertThat(createGroup("pods").targetGroupArn()).isEqualTo(first);
    refused(
        "DuplicateTargetGroupName",
        () ->
            elb.createTargetGroup(
                b ->
                    b.name("pods")
                        .protocol(ProtocolEnum.HTTP)
                        .port(8080)
                        .vpcId(network.vpcId())
                        .targetType(TargetTypeEnum.IP)));
  }

  @Test
  void aProtectedLoadBalancerIsNotDeleted() {
    LoadBalancer balancer = create("shop");
    elb.modifyLoadBalancerAttributes(
        b ->
            b.loadBalancerArn(balancer.loadBalancerArn())
                .attributes(a -> a.key("deletion_protection.enabled").value("true")));
    refused(
        "OperationNotPermitted",
        () -> elb.deleteLoadBalancer(b -> b.loadBalancerArn(balancer.loadBalancerArn())));
  }

  @Test
  void describeTagsTakesTwentyArnsAtMost() {
    String arn = create("shop").loadBalancerArn();
    refused(
        "ValidationError",
        () -> elb.describeTags(b -> b.resourceArns(java.util.Collections.nCopies(21, arn))));
  }

  /** LoadBalancerState: provisioning while it is being set up, then active. */
  @Test
  void aLoadBalancerIsProvisioningBeforeItIsActive() {
    emulator().transitions().loadBalancing(Duration.ofHours(1), Duration.ZERO, Duration.ZERO);
    assertThat(create("shop").state().code()).isEqualTo(LoadBalancerStateEnum.PROVISIONING);
    assertThat(state()).isEqualTo(LoadBalancerStateEnum.PROVISIONING);
    emulator().transitions().complete();
    assertThat(state()).isEqualTo(LoadBalancerStateEnum.ACTIVE);
  }

  private LoadBalancerStateEnum state() {
    return elb.describeLoadBalancers().loadBalancers().getFirst().state().code();
  }

  /** "Tags for your Application Load Balancer": at most 50 a resource. */
  @Test
  void aLoadBalancerHasFiftyTagsAtMost() {
    String arn = create("shop").loadBalancerArn();
    elb.addTags(b -> b.resourceArns(arn).tags(tags(0, 50)));
    elb.addTags(b -> b.resourceArns(arn).tags(tags(0, 50)));
    refused("TooManyTags", () -> elb.addTags(b -> b.resourceArns(arn).tags(tags(50, 51))));
  }

  private static List<Tag> tags(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Tag.builder().key("key-" + i).value("value").build())
        .toList();
  }

  /** "Enable access logs for your Application Load Balancer", steps 2 and 4. */
  @Test
  void logsNeedABucketThatTakesThem() {
    String arn = create("shop").loadBalancerArn();
    S3Client s3 = client(S3Client.builder().forcePathStyle(true));
    s3.createBucket(b -> b.bucket("logs"));
    refused("InvalidConfigurationRequest", () -> log(arn, "elsewhere"));
    refused("InvalidConfigurationRequest", () -> log(arn, "logs"));
    s3.putBucketPolicy(b -> b.bucket("logs").policy(LOG_POLICY));
    log(arn, "logs");
    assertThat(s3.listObjectsV2(b -> b.bucket("logs")).contents())
        .extracting(S3Object::key)
        .containsExactly("web/AWSLogs/123456789012/ELBAccessLogTestFile");
  }

  private void log(String balancer, String bucket) {
    elb.modifyLoadBalancerAttributes(
        b ->
            b.loadBalancerArn(balancer)
                .attributes(
                    a -> a.key("access_logs.s3.enabled").value("true"),
                    a -> a.key("access_logs.s3.bucket").value(bucket),
                    a -> a.key("access_logs.s3.prefix").value("web")));
  }
}
