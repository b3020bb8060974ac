package io.highlyavailable.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DisplayTest {
  private final Clock clock = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Board board = new Board(clock);

  @Test
  void printsOnlyChangesWhereNothingCanBeRedrawn() {
    board.add("operator");
    try (Display display = Display.start(board, out, new Terminal(false, 80, 24, false), clock)) {
      board.working("cluster", "building", "first packages");
      awaitText("cluster building: first packages");
      board.working("cluster", "building", "more packages");
      board.done("cluster", "ready", "");
      awaitText("cluster ready");
      assertThat(display).isNotNull();
    }
    assertThat(text().lines())
        .containsExactly("0s     cluster building: first packages", "0s     cluster ready");
  }

  @Test
  void drawsOverWhatItDrewInATerminal() {
    try (Display display = Display.start(board, out, new Terminal(true, 80, 24, false), clock)) {
      board.working("cluster", "starting", "");
      awaitText("starting");
      board.done("cluster", "ready", "");
      awaitText("ready");
      assertThat(display).isNotNull();
    }
    assertThat(text()).contains("\u001b[1A\r\u001b[K✓ cluster ready            0s\n");
  }

  private void awaitText(String part) {
    await().until(() -> text().contains(part));
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
