package io.highlyavailable.operator.component.securitygroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.component.peering.ClusterPeering;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Cidr;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.NatGateways;
import io.highlyavailable.operator.model.NetworkChoice;
import io.highlyavailable.operator.model.SessionStoreSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityGroupRulesTest {
  private final SecurityGroupRules rules = new SecurityGroupRules(DataTier.DATABASE);
  private final App app = SampleApp.named("shop").build();
  private final Network network = new Network("vpc-1", "arn", List.of());
  private final Upstream upstream = new KnownUpstream().ready(network);

  private SecurityGroupDesired known(App wanted) {
    return ((Desired.Known<SecurityGroupDesired>) rules.desired(wanted, upstream)).state();
  }

  private static SecurityGroup group(Ingress... ingress) {
    return new SecurityGroup("vpc-1/g", "arn", "sg-1", new TreeSet<>(List.of(ingress)), Map.of());
  }

  @ParameterizedTest
  @CsvSource({"postgres, 5432", "mysql, 3306", "mariadb, 3306"})
  void admitsTheClustersGroupOnTheEnginesPort(String engine, int port) {
    assertThat(known(SampleApp.named("shop").engine(engine, null).build()).ingress())
        .containsExactly(Ingress.tcp(port, "sg-clients"));
  }

  @ParameterizedTest
  @CsvSource({"redis, 6379", "valkey, 6379", "memcached, 11211"})
  void aSessionStoreHasAGroupOfItsOwnWithItsEnginesPort(String engine, int port) {
    App stored =
        SampleApp.named("shop")
            .sessionStore(
                new SessionStoreSettings(
                    engine, null, "cache.t4g.small", 3, DeletionPolicy.SNAPSHOT))
            .build();
    var own = new SecurityGroupRules(DataTier.SESSION_STORE);
    var desired = ((Desired.Known<SecurityGroupDesired>) own.desired(stored, upstream)).state();
    assertThat(desired.ingress()).containsExactly(Ingress.tcp(port, "sg-clients"));
    assertThat(desired.groupName())
        .isEqualTo(stored.resourceName() + "-session-store")
        .isNotEqualTo(known(stored).groupName());
    assertThat(own.wanted(SampleApp.named("shop").sessionStore(null).build())).isFalse();
  }

  @Test
  void admitsOnlyTheGroupsThatTheSpecNames() {
    App chosen =
        SampleApp.named("shop")
            .network(new NetworkChoice.Discover(List.of("sg-b", "sg-a")))
            .build();
    assertThat(known(chosen).ingress())
        .containsExactly(Ingress.tcp(5432, "sg-a"), Ingress.tcp(5432, "sg-b"));
  }

  @Test
  void isImpossibleWithoutAnyClient() {
    Upstream.Settings none = new Upstream.Settings("1", "aws", "vpc-1", List.of(), "", "/", "");
    assertThat(rules.desired(app, new KnownUpstream(none).ready(network)).toString())
        .contains("HAAPP_CLIENT_SECURITY_GROUP_IDS");
  }

  private static App managed(boolean peered, String... chosen) {
    return SampleApp.named("shop")
        .network(
            new NetworkChoice.Managed(
                Cidr.parse("10.40.0.0/16"), 2, NatGateways.NONE, peered, List.of(chosen)))
        .build();
  }

  @Test
  void admitsTheClusterOnlyOverAPeering() {
    assertThat(rules.desired(managed(true), upstream)).isInstanceOf(Desired.Waiting.class);
    ClusterPeering peering =
        new ClusterPeering(
            "n",
            "arn",
            "pcx-1",
            "active",
            "vpc-2",
            "vpc-1",
            List.of("10.0.0.0/16"),
            new TreeSet<>(),
            new TreeSet<>(),
            Map.of());
    Upstream joined = new KnownUpstream().ready(network).ready(peering);
    assertThat(rules.desired(managed(true), joined).toString()).contains("sg-clients");
    assertThat(known(managed(false)).ingress()).isEmpty();
    assertThat(known(managed(false, "sg-own")).ingress())
        .containsExactly(Ingress.tcp(5432, "sg-own"));
  }

  @Test
  void outlivesNothingThatItIsMadeOf() {
    assertThat(rules.dependsOn()).contains(ManagedNetwork.VPC, ManagedNetwork.CLUSTER_PEERING);
  }

  @Test
  void waitsForTheNetwork() {
    assertThat(rules.desired(app, new KnownUpstream())).isInstanceOf(Desired.Waiting.class);
  }

  @Test
  void hasNoDifferenceWhenItsRulesAreExact() {
    assertThat(rules.differences(known(app), group(Ingress.tcp(5432, "sg-clients")))).isEmpty();
  }

  @Test
  void aRuleTooManyIsADifference() {
    SecurityGroup open =
        group(Ingress.tcp(5432, "sg-clients"), new Ingress("-1", -1, -1, "0.0.0.0/0"));
    assertThat(rules.differences(known(app), open))
        .singleElement()
        .hasToString("ingress [0.0.0.0/0:-1/-1, sg-clients:tcp/5432] -> [sg-clients:tcp/5432]");
    assertThat(rules.readiness(known(app), open)).isEqualTo(new Readiness.Ready());
  }

  @Test
  void isNotReadyWithoutItsRules() {
    assertThat(rules.readiness(known(app), group())).isInstanceOf(Readiness.Progressing.class);
  }
}
