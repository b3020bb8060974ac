package io.highlyavailable.operator.component.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.ReadOnlyContract;
import io.highlyavailable.operator.component.Readiness;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZonesAdapterTest extends ReadOnlyContract<ZonesDesired, Zones> {
  ZonesAdapterTest() {
    super(new ZonesModule());
  }

  @Test
  void listsTheRegionsZonesInOrder() {
    Zones zones = adapter.find("us-east-1").orElseThrow();
    assertThat(zones.zone(1)).contains("us-east-1a");
    assertThat(zones.zone(2)).contains("us-east-1b");
    assertThat(zones.zone(zones.zones().size() + 1)).isEmpty();
    assertThat(adapter.find("eu-west-1")).isEmpty();
  }

  @Test
  void saysWhenARegionHasFewerZonesThanAreAskedFor() {
    ZonesRules rules = new ZonesRules();
    Zones two = new Zones("us-west-1", List.of("us-west-1c", "us-west-1a"));
    assertThat(rules.readiness(new ZonesDesired(2), two)).isEqualTo(new Readiness.Ready());
    assertThat(rules.readiness(new ZonesDesired(3), two))
        .isInstanceOfSatisfying(
            Readiness.Failed.class,
            why -> assertThat(why.reason()).contains("us-west-1 has 2 zones, 3 are asked for"));
  }
}
