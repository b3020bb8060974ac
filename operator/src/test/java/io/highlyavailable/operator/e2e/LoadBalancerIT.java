package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.api.v1alpha1.ConditionStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** The load balancer of an app on instances, from its creation to its end. */
@WithRig
class LoadBalancerIT {
  private static final String HOST = "shop.balancer.example.org";

  private static final String APP =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1
        scaling: {minReplicas: 2, maxReplicas: 4, requestsPerSecondPerReplica: 50}
        compute: {instances: {}}
        ingress: {host: %s, accessLogs: {}}
        storage: {s3: {}}
        monitoring: {cloudWatch: {}}
      """
          .formatted(HOST);

  private final Rig rig;
  private final ElasticLoadBalancingV2Client elb;

  LoadBalancerIT(Rig rig) {
    this.rig = rig;
    this.elb = rig.aws().elb();
  }

  @Test
  void itIsMadeWhenThereIsACertificateAndFollowsItsTargets(Stage stage) {
    stage.operator();
    AppRig app = stage.apply(APP);
    app.eventually(
        () ->
            assertThat(app.condition("IngressReady").message())
                .contains("Certificate Manager has no issued certificate for " + HOST));
    assertThat(app.condition("Stalled").message()).contains("request or import one there");
    assertThat(app.component("app-load-balancer").id()).isNull();

    String certificate = rig.emulator().addCertificate(HOST);
    app.awaitReady();
    String balancer = app.component("app-load-balancer").id();
    TargetGroup group = group(app);
    assertServes(app, balancer, group, certificate);
    assertHealthIsFollowed(app, group);
    assertDriftIsPutBack(app, balancer, group);

    app.patch("spec: {deletionProtection: false, deletionPolicy: Delete}");
    app.delete();
    app.awaitGone();
    assertThat(elb.describeLoadBalancers().loadBalancers())
        .noneMatch(it -> it.loadBalancerArn().equals(balancer));
    assertThat(elb.describeTargetGroups().targetGroups())
        .noneMatch(it -> it.targetGroupArn().equals(group.targetGroupArn()));
  }

  private TargetGroup group(AppRig app) {
    String arn = app.component("target-group").id();
    return elb.describeTargetGroups(it -> it.targetGroupArns(arn)).targetGroups().getFirst();
  }

  private List<Listener> listeners(String balancer) {
    return elb.describeListeners(it -> it.loadBalancerArn(balancer)).listeners();
  }

  private void assertServes(AppRig app, String balancer, TargetGroup group, String certificate) {
    assertThat(app.status().loadBalancer().hostname())
        .isEqualTo(
            elb.describeLoadBalancers(it -> it.loadBalancerArns(balancer))
                .loadBalancers()
                .getFirst()
                .dnsName());
    assertThat(app.status().url()).isEqualTo("https://" + HOST);
    assertThat(app.component("target-group").state()).isEqualTo("2/2 healthy");
    assertThat(app.message("certificate")).isEqualTo(certificate);
    assertThat(listeners(balancer))
        .filteredOn(it -> it.port() == 443)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.certificates().getFirst().certificateArn()).isEqualTo(certificate);
              assertThat(it.defaultActions().getFirst().targetGroupArn())
                  .isEqualTo(group.targetGroupArn());
            });
    assertFollowsRequests(app, balancer, group);
    String bucket = app.secret("storage").get("bucket");
    assertThat(rig.aws().s3().listObjectsV2(it -> it.bucket(bucket)).contents())
        .extracting(it -> it.key())
        .anyMatch(key -> key.startsWith("load-balancer-logs/AWSLogs/"));
    assertThat(
            rig.aws()
                .cloudWatch()
                .describeAlarms(it -> it.alarmNames(app.aws().resource() + "-unhealthy-targets"))
                .metricAlarms()
                .getFirst()
                .dimensions())
        .extracting(Dimension::value)
        .allMatch(value -> balancer.endsWith(value) || group.targetGroupArn().endsWith(value));
  }

  private void assertFollowsRequests(AppRig app, String balancer, TargetGroup group) {
    var policy =
        rig.aws()
            .autoScaling()
            .describePolicies(
                it ->
                    it.autoScalingGroupName(app.aws().resource())
                        .policyNames(app.aws().resource() + "-requests"))
            .scalingPolicies()
            .getFirst()
            .targetTrackingConfiguration();
    assertThat(policy.targetValue()).isEqualTo(3000);
    String groupName = group.targetGroupArn().split(":")[5];
    assertThat(policy.predefinedMetricSpecification().resourceLabel())
        .isEqualTo(balancer.substring(balancer.indexOf("app/")) + "/" + groupName);
  }

  /** One that answers no more is told; when it answers again, all is well. */
  private void assertHealthIsFollowed(AppRig app, TargetGroup group) {
    rig.emulator().forceTargetHealth(group.targetGroupName(), "unhealthy");
    app.eventually(
        () -> {
          assertThat(app.component("target-group").state()).isEqualTo("0/2 healthy");
          assertThat(app.message("target-group")).contains("Target.FailedHealthChecks");
          assertThat(app.condition("WorkloadReady").status()).isEqualTo(ConditionStatus.FALSE);
        });
    rig.emulator().forceTargetHealth(group.targetGroupName(), "healthy");
    app.awaitReady();
    assertThat(app.component("target-group").state()).isEqualTo("2/2 healthy");
  }

  private void assertDriftIsPutBack(AppRig app, String balancer, TargetGroup group) {
    String tls =
        listeners(balancer).stream()
            .filter(it -> it.port() == 443)
            .map(Listener::listenerArn)
            .findFirst()
            .orElseThrow();
    elb.deleteListener(it -> it.listenerArn(tls));
    elb.modifyTargetGroup(
        it -> it.targetGroupArn(group.targetGroupArn()).healthCheckPath("/elsewhere"));
    app.eventually(
        () -> {
          assertThat(listeners(balancer)).extracting(Listener::port).contains(80, 443);
          assertThat(group(app).healthCheckPath()).isEqualTo("/");
        });
    app.awaitReady();
  }
}
