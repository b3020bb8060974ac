package io.highlyavailable.operator.component.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.ReadOnlyContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

class LoadBalancerAdapterTest extends ReadOnlyContract<LoadBalancerDesired, LoadBalancer> {
  private final App app = SampleApp.unique().build();
  private final String name = "prod/" + app.identity().name();
  private ElasticLoadBalancingV2Client balancers;

  LoadBalancerAdapterTest() {
    super(new LoadBalancerModule());
  }

  @BeforeEach
  void client() {
    balancers = emulator.configure(ElasticLoadBalancingV2Client.builder(), "somebody").build();
  }

  private String balancer() {
    return balancers
        .createLoadBalancer(
            request ->
                request
                    .name("k8s-" + UUID.randomUUID().toString().substring(0, 13))
                    .subnets(network.publicSubnetIds())
                    .tags(stack()))
        .loadBalancers()
        .getFirst()
        .loadBalancerArn();
  }

  private String targetGroup() {
    return balancers
        .createTargetGroup(
            request ->
                request
                    .name("k8s-" + UUID.randomUUID().toString().substring(0, 13))
                    .vpcId(network.vpcId())
                    .protocol("HTTP")
                    .port(8080)
                    .targetType("ip")
                    .tags(stack()))
        .targetGroups()
        .getFirst()
        .targetGroupArn();
  }

  private Tag stack() {
    return Tag.builder().key("ingress.k8s.aws/stack").value(name).build();
  }

  private Optional<LoadBalancer> listed() {
    return adapter.list().rows().stream().filter(row -> row.name().equals(name)).findFirst();
  }

  @Test
  void findsBothByTheTagOfTheIngress() {
    String balancer = balancer();
    String group = targetGroup();
    LoadBalancer row = listed().orElseThrow();
    assertThat(row.loadBalancers()).containsExactly(balancer);
    assertThat(row.targetGroups()).containsExactly(group);
    assertThat(row.id()).isEqualTo(balancer);
    assertThat(adapter.find(name)).contains(row);
  }

  @Test
  void findsNothingWhereThereIsNone() {
    assertThat(listed()).isEmpty();
    assertThat(adapter.find(name)).isEmpty();
  }
}
