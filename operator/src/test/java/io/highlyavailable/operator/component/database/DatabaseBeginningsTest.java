package io.highlyavailable.operator.component.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.snapshots.Snapshot;
import io.highlyavailable.operator.component.snapshots.Snapshots;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.RestoreFrom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseBeginningsTest {
  private static final Instant THEN = Instant.parse("2026-11-20T10:00:00Z");
  private final DatabaseRules rules = new DatabaseRules();

  private static App app(@Nullable RestoreFrom from) {
    return SampleApp.named("shop")
        .database(
            new DatabaseSettings(
                "postgres",
                null,
                "db.t4g.medium",
                50,
                null,
                true,
                14,
                null,
                from,
                DeletionPolicy.SNAPSHOT))
        .build();
  }

  private static KnownUpstream snapshots(String... ids) {
    return new KnownUpstream()
        .ready(
            new Snapshots(
                "test/prod/shop", Stream.of(ids).map(id -> new Snapshot(id, THEN)).toList()));
  }

  @Test
  void beginsEmptyWhenThereIsNothingToBeginWith() {
    assertThat(rules.uncreatable(app(null), snapshots())).isEmpty();
  }

  @Test
  void waitsUntilItIsKnownWhatThereIs() {
    assertThat(rules.uncreatable(app(null), new KnownUpstream()))
        .hasValueSatisfying(why -> assertThat(why).isInstanceOf(Desired.Waiting.class));
  }

  @Test
  void asksWhenThereAreSnapshotsOfAnEarlierOne() {
    assertThat(rules.uncreatable(app(null), snapshots("b", "a")))
        .contains(
            new Desired.Impossible<>(
                "there are snapshots of an earlier database of this app, the newest b",
                "Set spec.database.rds.restoreFrom to {snapshotId: b} (2026-11-20T10:00:00Z), or"
                    + " {snapshotId: a} (2026-11-20T10:00:00Z), or {empty: true} to start empty"));
  }

  static List<RestoreFrom> decisions() {
    return List.of(
        new RestoreFrom.Snapshot("a"),
        new RestoreFrom.PointInTime("orders", THEN),
        new RestoreFrom.PointInTime("orders", null),
        new RestoreFrom.Empty());
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void anyDecisionIsEnough(RestoreFrom decision) {
    assertThat(rules.uncreatable(app(decision), snapshots("b"))).isEmpty();
    assertThat(rules.beginning(app(decision))).isEqualTo(decision.text());
  }

  @Test
  void decisionsHaveTextsOfTheirOwn() {
    assertThat(decisions().stream().map(RestoreFrom::text).distinct()).hasSize(4);
    assertThat(rules.beginning(app(null))).isEmpty();
  }

  @Test
  void offersTheNewestThreeWhenTheDatabaseIsLost() {
    assertThat(rules.waysBack(app(null), snapshots("d", "c", "b", "a")))
        .contains("{snapshotId: d}", "{snapshotId: c}", "{snapshotId: b}", "{empty: true}")
        .doesNotContain("{snapshotId: a}");
  }
}
