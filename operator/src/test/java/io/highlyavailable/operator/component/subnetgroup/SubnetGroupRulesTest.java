package io.highlyavailable.operator.component.subnetgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.component.network.Subnet;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SubnetGroupRulesTest {
  private final SubnetGroupRules rules = new SubnetGroupRules(DataTier.DATABASE);
  private final App app = SampleApp.named("shop").build();
  private final Network network =
      new Network(
          "vpc-1",
          "arn",
          List.of(
              new Subnet("b", "z2", true, false),
              new Subnet("a", "z1", true, false),
              new Subnet("public", "z1", false, true)));

  private SubnetGroupDesired known() {
    var desired = rules.desired(app, new KnownUpstream().ready(network));
    return ((Desired.Known<SubnetGroupDesired>) desired).state();
  }

  private static SubnetGroup group(String state, String vpc, String... subnets) {
    return new SubnetGroup("g", "arn", state, vpc, new TreeSet<>(List.of(subnets)), Map.of());
  }

  @Test
  void coversThePrivateSubnetsOnly() {
    assertThat(known().subnetIds()).containsExactly("a", "b");
  }

  @Test
  void waitsForTheNetwork() {
    assertThat(rules.desired(app, new KnownUpstream())).isInstanceOf(Desired.Waiting.class);
  }

  @Test
  void otherSubnetsAreChangedInPlace() {
    assertThat(rules.differences(known(), group("Complete", "vpc-1", "a")))
        .containsExactly(new Difference("subnetIds", "[a, b]", "[a]", Impact.IN_PLACE));
    assertThat(rules.differences(known(), group("Complete", "vpc-1", "a", "b"))).isEmpty();
  }

  @Test
  void anotherVpcCannotBeHadInPlace() {
    assertThat(rules.differences(known(), group("Complete", "vpc-2", "a", "b")))
        .extracting(Difference::impact)
        .containsExactly(Impact.REPLACING);
  }

  @Test
  void isReadyWhenComplete() {
    assertThat(rules.readiness(known(), group("Complete", "vpc-1")))
        .isEqualTo(new Readiness.Ready());
    assertThat(rules.readiness(known(), group("Creating", "vpc-1")))
        .isInstanceOf(Readiness.Progressing.class);
  }
}
