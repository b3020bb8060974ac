package io.highlyavailable.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.api.v1alpha1.ZoneStatus;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.kubernetes.ZoneSpread;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Three zones and three replicas are asked for. */
class ZoneFactsTest {
  private static final App APP = SampleApp.named("shop").build();

  @Test
  void nothingIsLackingWithAReplicaInEachOfTheZonesThatWereAskedFor() {
    ZoneFacts facts = facts(spread(Map.of("a", 1, "b", 1, "c", 1), Set.of("a", "b", "c", "d")));
    assertThat(facts.lacking(true)).isEmpty();
    assertThat(facts.status())
        .containsExactly(zone("a", 1), zone("b", 1), zone("c", 1), zone("d", 0));
  }

  @Test
  void aZoneThatIsGoneWithItsNodesIsRemembered() {
    ZoneFacts facts =
        facts(
            spread(Map.of("a", 2, "b", 1), Set.of("a", "b")),
            zone("a", 1),
            zone("b", 1),
            zone("c", 1));
    assertThat(facts.lacking(true)).contains("no node is ready in zone c");
    assertThat(facts.status()).containsExactly(zone("a", 2), zone("b", 1), zone("c", 0));
  }

  @Test
  void aZoneIsForgottenWhenThereAreAsManyAsWereAskedFor() {
    ZoneFacts facts =
        facts(spread(Map.of("a", 1, "b", 1, "d", 1), Set.of("a", "b", "d")), zone("c", 0));
    assertThat(facts.lacking(true)).isEmpty();
    assertThat(facts.status()).extracting(ZoneStatus::name).containsExactly("a", "b", "d");
  }

  @Test
  void fewerZonesThanAskedForAreSaid() {
    assertThat(facts(spread(Map.of("a", 2, "b", 1), Set.of("a", "b"))).lacking(true))
        .contains("nodes are ready in 2 zones of 3");
  }

  @Test
  void ofInstancesItIsTheirSubnetsThatAreCounted() {
    App instances = SampleApp.named("shop").instances().build();
    ZoneSpread two = spread(Map.of("a", 2, "b", 1), Set.of("a", "b"));
    assertThat(new ZoneFacts(instances, two, List.of()).lacking(true))
        .contains("private subnets are in 2 zones of 3");
    assertThat(new ZoneFacts(instances, two, List.of(zone("c", 1))).lacking(true))
        .contains("no private subnet is in zone c");
  }

  @Test
  void aZoneWithoutAReplicaIsSaidOncePodsHaveSettled() {
    ZoneFacts facts = facts(spread(Map.of("a", 2, "b", 1), Set.of("a", "b", "c")));
    assertThat(facts.lacking(false)).isEmpty();
    assertThat(facts.lacking(true)).contains("no replica is ready in zone c");
  }

  @Test
  void nothingIsSaidOfZonesThatMayNotBeLookedAt() {
    ZoneFacts facts = facts(ZoneSpread.UNKNOWN, zone("a", 1));
    assertThat(facts.lacking(true)).isEmpty();
    assertThat(facts.status()).isEmpty();
  }

  private static ZoneFacts facts(ZoneSpread spread, ZoneStatus... before) {
    return new ZoneFacts(APP, spread, List.of(before));
  }

  private static ZoneSpread spread(Map<String, Integer> ready, Set<String> usable) {
    return new ZoneSpread(true, new TreeMap<>(ready), new TreeSet<>(usable));
  }

  private static ZoneStatus zone(String name, int ready) {
    return new ZoneStatus(name, ready);
  }
}
