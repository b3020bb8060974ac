package io.highlyavailable.operator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  private static NetworkChoice.Managed network(String cidr) {
    return new NetworkChoice.Managed(Cidr.parse(cidr), 3, NatGateways.PER_ZONE, true, List.of());
  }

  @Test
  void aNetworkIsSplitIntoLargePrivateAndSmallPublicSubnets() {
    NetworkChoice.Managed network = network("10.40.0.0/16");
    assertThat(network.privateSubnet(1)).hasToString("10.40.0.0/18");
    assertThat(network.privateSubnet(2)).hasToString("10.40.64.0/18");
    assertThat(network.privateSubnet(3)).hasToString("10.40.128.0/18");
    assertThat(network.publicSubnet(1)).hasToString("10.40.192.0/20");
    assertThat(network.publicSubnet(2)).hasToString("10.40.208.0/20");
    assertThat(network.publicSubnet(3)).hasToString("10.40.224.0/20");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.40.0.0/16", "172.31.128.0/17", "192.168.252.0/22", "10.0.8.0/21"})
  void subnetsLieInTheirNetworkAndNotInOneAnother(String cidr) {
    NetworkChoice.Managed network = network(cidr);
    List<Cidr> subnets = new ArrayList<>();
    for (int zone = 1; zone <= 3; zone++) {
      subnets.add(network.privateSubnet(zone));
      subnets.add(network.publicSubnet(zone));
    }
    assertThat(subnets).allMatch(subnet -> subnet.within(network.cidr()));
    for (Cidr one : subnets) {
      assertThat(subnets).filteredOn(one::overlaps).containsExactly(one);
      assertThat(Cidr.parse(one.toString())).isEqualTo(one);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/16, 10.0.128.0/20, true",
    "10.0.128.0/20, 10.0.0.0/16, true",
    "10.0.0.0/16, 10.1.0.0/16, false",
    "0.0.0.0/0, 192.168.0.0/16, true",
    "10.0.0.0/25, 10.0.0.128/25, false",
  })
  void knowsWhatOverlaps(String one, String other, boolean overlaps) {
    assertThat(Cidr.parse(one).overlaps(Cidr.parse(other))).isEqualTo(overlaps);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.0", "10.0.0.0/33", "10.0.0.1/16", "256.0.0.0/16", "10.0.0/16", "x"})
  void refusesWhatIsNoBlock(String text) {
    assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNatGatewayServesItsZoneOrAllOrThereIsNone() {
    assertThat(network("10.40.0.0/16").natGatewayOf(3)).isEqualTo(3);
    assertThat(NatGateways.PER_ZONE.count(3)).isEqualTo(3);
    assertThat(NatGateways.SINGLE.count(3)).isEqualTo(1);
    assertThat(NatGateways.NONE.count(3)).isZero();
  }
}
