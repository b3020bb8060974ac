package io.highlyavailable.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Recovery;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryMoveTest {
  private static final Component<?, ?> COPY = FakeCatalogue.COPY;
  private static final List<Component<?, ?>> CATALOGUE = List.of(FakeCatalogue.STORE, COPY);

  private static App app(@Nullable String region) {
    return SampleApp.named("shop")
        .recovery(region == null ? null : new Recovery(region, true, true, true))
        .build();
  }

  private static Recorded recorded(String region, ComponentName... known) {
    return new Recorded(
        Map.of(), Set.of(known), List.of(), List.of(), "", "", region, HeldChanges.NONE, Map.of());
  }

  /**
   * Columns: the region asked for, the one on record, whether copies are on record, the region
   * planned for.
   */
  @ParameterizedTest
  @CsvSource({
    "eu-west-1, '',        false, eu-west-1",
    "eu-west-1, eu-west-1, true,  eu-west-1",
    "eu-west-1, us-west-2, false, eu-west-1",
    "eu-west-1, us-west-2, true,  ",
    ",          us-west-2, true,  ",
  })
  void leavesTheOldRegionBeforeItEntersTheNew(
      @Nullable String asked, String before, boolean copies, @Nullable String next) {
    Recorded recorded =
        copies ? recorded(before, COPY.name()) : recorded(before, FakeCatalogue.STORE.name());
    App now = RecoveryMove.next(app(asked), recorded, CATALOGUE);
    assertThat(now.recoverySettings().map(Recovery::region).orElse(null)).isEqualTo(next);
    assertThat(now.withoutRecovery()).isEqualTo(app(null));
  }

  @Test
  void looksWhereCopiesMayStillBe() {
    assertThat(RecoveryMove.region(app(null), recorded("us-west-2"))).isEqualTo("us-west-2");
    assertThat(RecoveryMove.region(app("eu-west-1"), recorded(""))).isEqualTo("eu-west-1");
    assertThat(RecoveryMove.region(app(null), Recorded.NOTHING)).isEmpty();
  }
}
