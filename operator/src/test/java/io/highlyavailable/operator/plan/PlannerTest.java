package io.highlyavailable.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highlyavailable.operator.component.SampleApp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
  @Test
  void refusesACatalogueInTheWrongOrder() {
    assertThatThrownBy(() -> new Planner(List.of(FakeCatalogue.STORE, FakeCatalogue.GROUP)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("store comes before what it depends on");
  }

  @Test
  void whatIsNotAskedForAnyMoreIsLookedForUnderTheNameItHad() {
    var shop = SampleApp.named("shop").build();
    var nothing = SampleApp.named("shop").database(null).bucket(null).build();
    var settings = PlanCase.settings(PlanCase.ACCOUNT, "");
    var store = FakeCatalogue.STORE;
    Recorded recorded =
        new Recorded(
            Map.of(store.name(), "arn"),
            Set.of(),
            List.of(),
            List.of(),
            "",
            "",
            "",
            HeldChanges.NONE,
            Map.of());
    assertThat(Planner.nameOf(store, nothing, settings, Recorded.NOTHING)).isEmpty();
    assertThat(Planner.nameOf(store, nothing, settings, recorded)).contains("of-arn");
    assertThat(Planner.nameOf(store, shop, settings, recorded)).contains(shop.resourceName());
  }

  @Test
  void aChangeIsAsLongAsAStatusCanHold() {
    String text = "a".repeat(5000);
    var one = new HeldChanges.Change("store", false, text + "1");
    var other = new HeldChanges.Change("store", false, text + "2");
    assertThat(one.summary()).hasSizeLessThan(4096).isNotEqualTo(other.summary());
    assertThat(new HeldChanges.Change("store", false, one.summary())).isEqualTo(one);
    assertThat(new HeldChanges.Change("store", false, "a\n  b").summary()).isEqualTo("a b");
  }

  @Test
  void isConcernedWithWhatIsAskedForSeenOrBegun() {
    var nothing = SampleApp.named("shop").database(null).bucket(null).build();
    var seen = Map.of(FakeCatalogue.STORE.name(), "arn");
    Recorded recorded =
        new Recorded(seen, Set.of(), List.of(), List.of(), "", "", "", HeldChanges.NONE, Map.of());

    assertThat(Planner.concerns(FakeCatalogue.STORE, nothing, Recorded.NOTHING)).isFalse();
    assertThat(Planner.concerns(FakeCatalogue.STORE, nothing, recorded)).isTrue();
    assertThat(Planner.concerns(FakeCatalogue.GROUP, nothing, recorded)).isFalse();
    assertThat(
            Planner.concerns(
                FakeCatalogue.GROUP, nothing, recorded.with(Set.of(FakeCatalogue.GROUP.name()))))
        .isTrue();
    assertThat(
            Planner.concerns(
                FakeCatalogue.STORE, SampleApp.named("shop").build(), Recorded.NOTHING))
        .isTrue();
  }
}
