package io.highlyavailable.testbed.alb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.junit.TestNamespace;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.network.NetworkSeed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

@WithTestbed
class LoadBalancerControllerTest {

  private static final String STACK = "ingress.k8s.aws/stack";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Map<String, String> HTTPS =
      Map.of(
          "scheme", "internet-facing",
          "target-type", "ip",
          "healthcheck-path", "/healthz",
          "listen-ports", "[{\"HTTP\": 80}, {\"HTTPS\": 443}]",
          "ssl-redirect", "443",
          "target-group-attributes", "deregistration_delay.timeout_seconds=45");

  private static LoadBalancerController controller;
  private static ElasticLoadBalancingV2Client elb;
  private static Ec2Client ec2;
  private static Network network;

  private final KubernetesClient client;
  private final AwsEmulator aws;
  private String namespace = "";

  LoadBalancerControllerTest(KubernetesClient client, AwsEmulator aws) {
    this.client = client;
    this.aws = aws;
  }

  @BeforeAll
  static void startController(Cluster cluster, AwsEmulator aws) {
    network = NetworkSeed.ensure(aws.endpoint(), AwsEmulator.REGION.id(), "alb-test");
    elb = aws.configure(ElasticLoadBalancingV2Client.builder()).build();
    ec2 = aws.configure(Ec2Client.builder()).build();
    controller =
        LoadBalancerController.start(
            cluster.kubeconfig(), aws.endpoint(), AwsEmulator.REGION, network.vpcId(), "test");
  }

  @AfterAll
  static void stopController() {
    controller.close();
  }

  @BeforeEach
  void makeService(TestNamespace own) {
    namespace = own.name();
    client.resource(Ingresses.service(namespace)).create();
  }

  private void create(Map<String, String> annotations) {
    client.resource(Ingresses.ingress(namespace, "shop", annotations)).create();
  }

  private Optional<Ingress> ingress() {
    return Optional.ofNullable(
        client.network().v1().ingresses().inNamespace(namespace).withName("shop").get());
  }

  private String hostname() {
    return await()
        .atMost(LIMIT)
        .until(
            () ->
                ingress().orElseThrow().getStatus().getLoadBalancer().getIngress().stream()
                    .findFirst()
                    .map(entry -> entry.getHostname()),
            Optional::isPresent)
        .orElseThrow();
  }

  private Optional<LoadBalancer> balancer() {
    return elb.describeLoadBalancers().loadBalancers().stream()
        .filter(b -> (namespace + "/shop").equals(tagsIfThere(b.loadBalancerArn()).get(STACK)))
        .findFirst();
  }

  /** Other tests' load balancers leave while this one looks through all of them. */
  private static Map<String, String> tagsIfThere(String arn) {
    try {
      return tags(arn);
    } catch (LoadBalancerNotFoundException e) {
      return Map.of();
    }
  }

  private static Map<String, String> tags(String arn) {
    Map<String, String> tags = new TreeMap<>();
    elb.describeTags(b -> b.resourceArns(arn)).tagDescriptions().getFirst().tags().stream()
        .forEach((Tag tag) -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  private TargetGroup group() {
    return elb.describeTargetGroups(
            b -> b.loadBalancerArn(balancer().orElseThrow().loadBalancerArn()))
        .targetGroups()
        .getFirst();
  }

  private List<String> events(String reason) {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> reason.equals(event.getReason()))
        .map(Event::getMessage)
        .toList();
  }

  @Test
  void givesAnIngressALoadBalancerWithTheDocumentedTagsAndListeners() {
    create(HTTPS);
    String hostname = hostname();

    LoadBalancer balancer = balancer().orElseThrow();
    assertThat(balancer.dnsName()).isEqualTo(hostname);
    assertThat(balancer.loadBalancerName()).matches("k8s-[a-z0-9]{1,8}-shop-[0-9a-f]{10}");
    assertThat(balancer.state().code()).isEqualTo(LoadBalancerStateEnum.ACTIVE);
    assertThat(balancer.availabilityZones())
        .extracting(zone -> zone.subnetId())
        .containsExactlyInAnyOrderElementsOf(network.publicSubnetIds());
    assertThat(balancer.securityGroups()).hasSize(1);
    assertThat(tags(balancer.loadBalancerArn()))
        .containsEntry("elbv2.k8s.aws/cluster", "test")
        .containsEntry("ingress.k8s.aws/resource", "LoadBalancer");

    List<Listener> listeners =
        elb.describeListeners(b -> b.loadBalancerArn(balancer.loadBalancerArn())).listeners();
    assertThat(listeners)
        .extracting(Listener::port, Listener::protocol)
        .containsExactlyInAnyOrder(tuple(80, ProtocolEnum.HTTP), tuple(443, ProtocolEnum.HTTPS));
    Listener https = listeners.stream().filter(l -> l.port() == 443).findFirst().orElseThrow();
    assertThat(https.certificates()).hasSize(1);
    assertThat(tags(https.listenerArn())).containsEntry("ingress.k8s.aws/resource", "443");
    Listener http = listeners.stream().filter(l -> l.port() == 80).findFirst().orElseThrow();
    assertThat(http.defaultActions().getFirst().type()).isEqualTo(ActionTypeEnum.REDIRECT);

    TargetGroup group = group();
    assertThat(group.healthCheckPath()).isEqualTo("/healthz");
    assertThat(tags(group.targetGroupArn()))
        .containsEntry("ingress.k8s.aws/resource", namespace + "/shop-web:http");
    assertThat(
            elb.describeTargetGroupAttributes(b -> b.targetGroupArn(group.targetGroupArn()))
                .attributes())
        .anySatisfy(
            attribute -> {
              assertThat(attribute.key()).isEqualTo("deregistration_delay.timeout_seconds");
              assertThat(attribute.value()).isEqualTo("45");
            });
    await().atMost(LIMIT).until(() -> !events("SuccessfullyReconciled").isEmpty());
  }

  @Test
  void registersReadyPodsAndFollowsTheirNumber() {
    create(HTTPS);
    client.resource(deployment()).inNamespace(namespace).create();
    hostname();

    await().atMost(Duration.ofSeconds(60)).until(() -> healthyTargets() == 3);

    client.apps().deployments().inNamespace(namespace).withName("web").scale(1);
    await().atMost(Duration.ofSeconds(60)).until(() -> healthyTargets() == 1);
  }

  private long healthyTargets() {
    return elb
        .describeTargetHealth(b -> b.targetGroupArn(group().targetGroupArn()))
        .targetHealthDescriptions()
        .stream()
        .filter(h -> h.target().port() == 8080)
        .filter(h -> h.targetHealth().state() == TargetHealthStateEnum.HEALTHY)
        .count();
  }

  private static io.fabric8.kubernetes.api.model.apps.Deployment deployment() {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("web")
        .endMetadata()
        .withNewSpec()
        .withReplicas(3)
        .withNewSelector()
        .withMatchLabels(Map.of("app", "web"))
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Map.of("app", "web"))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("web")
        .withImage("web:1")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  @Test
  void deletesAllThatItMadeBeforeTheIngressGoes() {
    create(HTTPS);
    hostname();
    String group = group().targetGroupName();
    String securityGroup = balancer().orElseThrow().securityGroups().getFirst();

    client.network().v1().ingresses().inNamespace(namespace).withName("shop").delete();

    await().atMost(LIMIT).until(() -> ingress().isEmpty());
    assertThat(balancer()).isEmpty();
    assertThat(elb.describeTargetGroups().targetGroups())
        .extracting(TargetGroup::targetGroupName)
        .doesNotContain(group);
    assertThat(
            ec2.describeSecurityGroups().securityGroups().stream().map(g -> g.groupId()).toList())
        .doesNotContain(securityGroup);
  }

  @Test
  void refusesAnnotationsThatTheControllerDoesNotDocument() {
    create(Map.of("target-type", "ip", "healthcheck-pfad", "/"));
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(events("FailedBuildModel"))
                    .singleElement()
                    .asString()
                    .contains("healthcheck-pfad is not documented"));
    assertThat(balancer()).isEmpty();
    assertThat(ingress().orElseThrow().getFinalizers()).isEmpty();
  }

  @Test
  void waitsForACertificateAndGoesOnWhenItIsThere() {
    Ingress ingress = Ingresses.ingress(namespace, "shop", HTTPS);
    String host = namespace + ".example.org";
    ingress.getSpec().getRules().getFirst().setHost(host);
    client.resource(ingress).create();
    await()
        .atMost(LIMIT)
        .until(
            () ->
                events("FailedBuildModel")
                    .contains("Failed build model due to no certificate found for host: " + host));

    aws.addCertificate(host);

    assertThat(hostname()).isNotEmpty();
  }

  @Test
  void followsAChangeOfTheIngressInPlaceAndOfTheSchemeWithAnother() {
    create(HTTPS);
    hostname();
    String first = balancer().orElseThrow().loadBalancerArn();

    edit("healthcheck-path", "/ready");
    await().atMost(LIMIT).until(() -> group().healthCheckPath().equals("/ready"));
    assertThat(balancer().orElseThrow().loadBalancerArn()).isEqualTo(first);

    edit("scheme", "internal");
    await().atMost(LIMIT).until(() -> hostname().startsWith("internal-"));
    assertThat(elb.describeLoadBalancers().loadBalancers())
        .extracting(LoadBalancer::loadBalancerArn)
        .doesNotContain(first);
  }

  private void edit(String annotation, String value) {
    client
        .network()
        .v1()
        .ingresses()
        .inNamespace(namespace)
        .withName("shop")
        .edit(
            ingress -> {
              ingress
                  .getMetadata()
                  .getAnnotations()
                  .put(DocumentedAnnotations.PREFIX + annotation, value);
              return ingress;
            });
  }

  @Test
  void triesAgainWhenAwsFails() {
    aws.faults()
        .on("elasticloadbalancing", "CreateLoadBalancer")
        .caller(LoadBalancerController.CALLER)
        .times(5)
        .error("AccessDenied", 403, "You may not.");
    create(HTTPS);
    assertThat(hostname()).isNotEmpty();
    assertThat(events("FailedDeployModel")).isNotEmpty();
  }

  @Test
  void servesFiftyIngressesAtOnceWithTenCallsEach() {
    int count = 50;
    long mark = aws.calls().mark();
    for (int i = 0; i < count; i++) {
      client.resource(Ingresses.ingress(namespace, "shop-" + i, HTTPS)).create();
    }
    await().atMost(Duration.ofMinutes(2)).until(() -> ingressesWithHostname() == count);

    assertThat(aws.calls().by(LoadBalancerController.CALLER).since(mark))
        .hasSizeLessThan(10 * count);
  }

  private long ingressesWithHostname() {
    return client.network().v1().ingresses().inNamespace(namespace).list().getItems().stream()
        .filter(i -> !i.getStatus().getLoadBalancer().getIngress().isEmpty())
        .count();
  }

  @Test
  void anotherClassIsNotItsBusiness() {
    Ingress other = Ingresses.ingress(namespace, "shop", Map.of("not-documented", "x"));
    other.getSpec().setIngressClassName("nginx");
    client.resource(other).create();
    client.resource(Ingresses.ingress(namespace, "ours", HTTPS)).create();
    await()
        .atMost(LIMIT)
        .until(
            () ->
                !client
                    .network()
                    .v1()
                    .ingresses()
                    .inNamespace(namespace)
                    .withName("ours")
                    .get()
                    .getFinalizers()
                    .isEmpty());
    assertThat(ingress().orElseThrow().getFinalizers()).isEmpty();
    assertThat(events("FailedBuildModel")).isEmpty();
  }
}
