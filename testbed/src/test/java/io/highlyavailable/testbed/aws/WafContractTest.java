package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.network.NetworkSeed;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.wafv2.Wafv2Client;
import software.amazon.awssdk.services.wafv2.model.Scope;
import software.amazon.awssdk.services.wafv2.model.WebACLSummary;

/** Source: AssociateWebACL, GetWebACLForResource and DeleteWebACL in AWS WAF's API reference. */
class WafContractTest extends EmulatorTest {
  private final Wafv2Client waf = client(Wafv2Client.builder());
  private final ElasticLoadBalancingV2Client elb = client(ElasticLoadBalancingV2Client.builder());

  private String balancer() {
    Network network = NetworkSeed.ensure(emulator().endpoint(), "us-east-1", "test");
    return elb.createLoadBalancer(b -> b.name("shop").subnets(network.publicSubnetIds()))
        .loadBalancers()
        .getFirst()
        .loadBalancerArn();
  }

  private WebACLSummary acl(String name) {
    return waf.createWebACL(
            b ->
                b.name(name)
                    .scope(Scope.REGIONAL)
                    .defaultAction(it -> it.allow(allow -> {}))
                    .visibilityConfig(
                        it ->
                            it.metricName(name)
                                .sampledRequestsEnabled(false)
                                .cloudWatchMetricsEnabled(false)))
        .summary();
  }

  private void associate(WebACLSummary acl, String balancer) {
    waf.associateWebACL(b -> b.webACLArn(acl.arn()).resourceArn(balancer));
  }

  @Test
  void aLoadBalancerHasOneWebAclAtATime() {
    String balancer = balancer();
    WebACLSummary first = acl("first");
    WebACLSummary second = acl("second");
    assertThat(waf.getWebACLForResource(b -> b.resourceArn(balancer)).webACL()).isNull();
    associate(first, balancer);
    associate(second, balancer);
    assertThat(waf.getWebACLForResource(b -> b.resourceArn(balancer)).webACL().arn())
        .isEqualTo(second.arn());
    refused("WAFAssociatedItemException", () -> delete(second));
    delete(first);
  }

  private void delete(WebACLSummary acl) {
    waf.deleteWebACL(
        b -> b.name(acl.name()).id(acl.id()).scope(Scope.REGIONAL).lockToken(acl.lockToken()));
  }

  @Test
  void whatIsNotThereHasNone() {
    String balancer = balancer();
    WebACLSummary acl = acl("shop");
    associate(acl, balancer);
    elb.deleteLoadBalancer(b -> b.loadBalancerArn(balancer));
    refused("WAFNonexistentItemException", () -> associate(acl, balancer));
    refused(
        "WAFNonexistentItemException",
        () -> waf.getWebACLForResource(b -> b.resourceArn(balancer)));
    delete(acl);
  }
}
