package io.highlyavailable.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.cli.Row.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardRendererTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final Instant NOW = START.plusSeconds(75);

  private static final List<Row> ROWS =
      List.of(
          row("operator build", Progress.DONE, "ready", "operator/target/operator.jar", 0, 41),
          row(
              "cluster",
              Progress.WORKING,
              "building",
              "the Kubernetes control plane: 1m10s",
              0,
              -1),
          Row.waiting("operator"),
          row("shop database (rds)", Progress.WORKING, "creating", "", 63, -1),
          row("shop workload (Deployment)", Progress.FAILED, "2/3", "no room for a pod", 63, 70));

  @Test
  void showsOneAlignedLineARow() {
    assertThat(new BoardRenderer(100, 40, false).lines(ROWS, NOW))
        .containsExactly(
            "✓ operator build             ready           41s  operator/target/operator.jar",
            "… cluster                    building      1m15s  the Kubernetes control plane: 1m10s",
            "· operator                   waiting",
            "… shop database (rds)        creating        12s",
            "✗ shop workload (Deployment) 2/3              7s  no room for a pod");
  }

  @Test
  void neverWrapsALine() {
    assertThat(new BoardRenderer(60, 40, false).lines(ROWS, NOW))
        .contains("… cluster                    building      1m15s  the Kuber…")
        .allMatch(line -> line.length() <= 60);
  }

  @Test
  void hidesWhatIsReadyWhereThereIsNoRoom() {
    assertThat(new BoardRenderer(100, 6, false).lines(ROWS, NOW))
        .hasSize(5)
        .endsWith("  and 1 more that are ready")
        .noneMatch(line -> line.contains("operator build"));
  }

  @Test
  void colorsByProgress() {
    assertThat(new BoardRenderer(100, 40, true).lines(ROWS, NOW))
        .element(0)
        .asString()
        .startsWith("\u001b[32m✓ operator build")
        .endsWith("\u001b[0m");
  }

  @Test
  void plainLinesSayTimeNameStateAndMessage() {
    assertThat(ROWS.stream().map(row -> BoardRenderer.plain(row, NOW)))
        .containsExactly(
            "41s    operator build ready: operator/target/operator.jar",
            "1m15s  cluster building: the Kubernetes control plane: 1m10s",
            "0s     operator waiting",
            "12s    shop database (rds) creating",
            "7s     shop workload (Deployment) 2/3: no room for a pod");
  }

  @Test
  void timeStopsWhenARowIsDoneAndGoesOnWhenItIsNot() {
    Row working = Row.waiting("a").become(Progress.WORKING, "creating", "", START);
    Row done = working.become(Progress.DONE, "ready", "", START.plusSeconds(5));
    Row still = done.become(Progress.DONE, "ready", "more", START.plusSeconds(9));
    Row again = still.become(Progress.WORKING, "modifying", "", START.plusSeconds(20));

    assertThat(done.elapsed(NOW)).isEqualTo(Duration.ofSeconds(5));
    assertThat(still.elapsed(NOW)).isEqualTo(Duration.ofSeconds(5));
    assertThat(again.elapsed(NOW)).isEqualTo(Duration.ofSeconds(75));
  }

  private static Row row(
      String name, Progress progress, String state, String message, int since, int until) {
    return new Row(
        name,
        progress,
        state,
        message,
        START.plusSeconds(since),
        until < 0 ? null : START.plusSeconds(until));
  }
}
