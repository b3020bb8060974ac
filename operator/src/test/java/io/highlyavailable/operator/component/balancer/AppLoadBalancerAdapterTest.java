package io.highlyavailable.operator.component.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.bucket.BucketModule;
import io.highlyavailable.operator.component.certificate.CertificateModule;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.securitygroup.SecurityGroupModule;
import io.highlyavailable.operator.component.targetgroup.TargetGroupModule;
import io.highlyavailable.operator.model.App;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.wafv2.model.Scope;

class AppLoadBalancerAdapterTest extends AdapterContract<AppLoadBalancerDesired, AppLoadBalancer> {
  AppLoadBalancerAdapterTest() {
    super(
        new AppLoadBalancerModule(),
        List.of(
            new NetworkModule(),
            new BucketModule(),
            SecurityGroupModule.ofLoadBalancer(),
            new TargetGroupModule(),
            new CertificateModule()));
  }

  @Override
  protected App sample() {
    App app = SampleApp.unique().instances().build();
    return setting("exposure", "accessLogDays", 30).apply(app);
  }

  @Override
  protected Map<String, Consumer<AppLoadBalancer>> drifts() {
    return Map.of(
        "subnetIds",
        balancer ->
            admin()
                .elb()
                .setSubnets(
                    it ->
                        it.loadBalancerArn(balancer.id())
                            .subnets(balancer.place().subnetIds().stream().limit(2).toList())),
        "securityGroupIds",
        balancer ->
            admin()
                .elb()
                .setSecurityGroups(
                    it ->
                        it.loadBalancerArn(balancer.id())
                            .securityGroups(world.settings().clientSecurityGroupIds())),
        "deletion_protection.enabled",
        balancer -> attribute(balancer, "deletion_protection.enabled"),
        "routing.http.drop_invalid_header_fields.enabled",
        balancer -> attribute(balancer, "routing.http.drop_invalid_header_fields.enabled"),
        "access_logs.s3.enabled",
        balancer -> attribute(balancer, "access_logs.s3.enabled"),
        "listener 80",
        balancer -> admin().elb().deleteListener(it -> it.listenerArn(listener(balancer, 80))),
        "listener 443",
        balancer ->
            admin()
                .elb()
                .modifyListener(
                    it ->
                        it.listenerArn(listener(balancer, 443))
                            .sslPolicy("ELBSecurityPolicy-2016-08")));
  }

  private void attribute(AppLoadBalancer balancer, String key) {
    admin()
        .elb()
        .modifyLoadBalancerAttributes(
            it -> it.loadBalancerArn(balancer.id()).attributes(a -> a.key(key).value("false")));
  }

  private static String listener(AppLoadBalancer balancer, int port) {
    return balancer.listeners().get(port).arn();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of(
        "accessLogs",
        setting("exposure", "accessLogDays", null),
        "tls.mode",
        setting("exposure", "plaintext", true),
        "tls.certificateArn",
        app ->
            setting("exposure", "certificateArn", certificate())
                .apply(setting("exposure", "plaintext", false).apply(app)),
        "webAclArn",
        app -> setting("exposure", "webAclArn", webAcl()).apply(app));
  }

  private String certificate() {
    return admin()
        .acm()
        .requestCertificate(it -> it.domainName("another.example.org"))
        .certificateArn();
  }

  private String webAcl() {
    return admin()
        .waf()
        .createWebACL(
            it ->
                it.name(app.identity().name())
                    .scope(Scope.REGIONAL)
                    .defaultAction(action -> action.allow(allow -> {}))
                    .visibilityConfig(
                        seen ->
                            seen.metricName("shop")
                                .sampledRequestsEnabled(false)
                                .cloudWatchMetricsEnabled(false)))
        .summary()
        .arn();
  }

  @Test
  void passesThroughItsStates() {
    var transitions = world.emulator().transitions();
    transitions.loadBalancing(Duration.ofHours(1), Duration.ZERO, Duration.ZERO);
    AppLoadBalancer created = create();
    assertThat(created.inTransition()).isTrue();
    assertThat(created.address().dnsName()).endsWith(".elb.amazonaws.com");
    assertThat(component.readiness(desired, observed().orElseThrow()))
        .isInstanceOf(Readiness.Progressing.class);
    transitions.complete();
    assertThat(component.readiness(desired, observed().orElseThrow()))
        .isEqualTo(new Readiness.Ready());
    transitions.loadBalancing(Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  /** Weighted groups, other statuses: nothing that is not ours passes for it. */
  @Test
  void seesThroughRedirectsThatLookAlike() {
    AppLoadBalancer balancer = create();
    admin()
        .elb()
        .modifyListener(
            it ->
                it.listenerArn(listener(balancer, 80))
                    .defaultActions(
                        action ->
                            action
                                .type(ActionTypeEnum.REDIRECT)
                                .redirectConfig(
                                    to ->
                                        to.protocol("HTTPS")
                                            .port("443")
                                            .host("elsewhere.example.org")
                                            .statusCode("HTTP_301"))));
    assertThat(differences(observed().orElseThrow())).containsExactly("listener 80");
  }

  /** AWS's own protection is on while the app's is, and goes when the app goes. */
  @Test
  void aProtectedOneIsDeletedAllTheSame() {
    AppLoadBalancer balancer = create();
    assertThat(balancer.attributes()).containsEntry("deletion_protection.enabled", "true");
    assertThat(adapter.delete(balancer, new Disposal.Delete())).isEmpty();
    assertThat(observed()).isEmpty();
  }

  @Test
  void listenersOnOtherPortsStay() {
    AppLoadBalancer balancer = create();
    admin()
        .elb()
        .createListener(
            it ->
                it.loadBalancerArn(balancer.id())
                    .protocol("HTTP")
                    .port(9000)
                    .defaultActions(
                        action ->
                            action
                                .type(ActionTypeEnum.FIXED_RESPONSE)
                                .fixedResponseConfig(to -> to.statusCode("200"))));
    assertThat(observed().orElseThrow().listeners()).containsOnlyKeys(80, 443, 9000);
    assertThat(differences(observed().orElseThrow())).isEmpty();
  }
}
