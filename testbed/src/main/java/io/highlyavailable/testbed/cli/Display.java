package io.highlyavailable.testbed.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Shows a board while it changes: redrawn in a terminal, else a line for each change. */
abstract sealed class Display implements AutoCloseable {
  private final Board board;
  private final Clock clock;
  private final Thread thread;
  private volatile boolean closing;

  private Display(Board board, Clock clock, Duration period) {
    this.board = board;
    this.clock = clock;
    this.thread = Thread.ofVirtual().unstarted(() -> showEvery(period));
  }

  /** A display for what standard output is. */
  static Display start(Board board, PrintStream out, Terminal terminal, Clock clock) {
    Display display =
        terminal.isTerminal()
            ? new Redrawn(board, out, terminal, clock)
            : new Lines(board, out, clock);
    display.thread.start();
    return display;
  }

  abstract void show(List<Row> rows, Instant now);

  private void showEvery(Duration period) {
    try {
      while (!closing) {
        show(board.rows(), clock.instant());
        TimeUnit.MILLISECONDS.sleep(period.toMillis());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Shows the last state and stops. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    show(board.rows(), clock.instant());
  }

  /** Draws over what it drew before. */
  private static final class Redrawn extends Display {
    private final PrintStream out;
    private final BoardRenderer renderer;
    private int drawn;

    Redrawn(Board board, PrintStream out, Terminal terminal, Clock clock) {
      super(board, clock, Duration.ofMillis(200));
      this.out = out;
      this.renderer = new BoardRenderer(terminal.columns(), terminal.lines(), terminal.color());
    }

    @Override
    void show(List<Row> rows, Instant now) {
      StringBuilder text = new StringBuilder();
      if (drawn > 0) {
        text.append("\u001b[").append(drawn).append('A');
      }
      List<String> lines = renderer.lines(rows, now);
      lines.forEach(line -> text.append("\r\u001b[K").append(line).append('\n'));
      text.append("\u001b[J");
      out.print(text);
      out.flush();
      drawn = lines.size();
    }
  }

  /** Prints a row when its state changes, and its message now and then. */
  private static final class Lines extends Display {
    /** A log of a ten-minute build shall be readable, and yet show that it goes on. */
    private static final Duration SAME_STATE = Duration.ofSeconds(30);

    private final PrintStream out;
    private final Map<String, Row> printed = new HashMap<>();
    private final Map<String, Instant> printedAt = new HashMap<>();

    Lines(Board board, PrintStream out, Clock clock) {
      super(board, clock, Duration.ofMillis(100));
      this.out = out;
    }

    @Override
    void show(List<Row> rows, Instant now) {
      for (Row row : rows) {
        if (isNews(row, now)) {
          out.println(BoardRenderer.plain(row, now));
          printed.put(row.name(), row);
          printedAt.put(row.name(), now);
        }
      }
      out.flush();
    }

    private boolean isNews(Row row, Instant now) {
      Row before = printed.get(row.name());
      if (before == null) {
        return row.progress() != Row.Progress.WAITING;
      }
      if (before.progress() != row.progress() || !before.state().equals(row.state())) {
        return true;
      }
      return !before.message().equals(row.message())
          && !now.isBefore(printedAt.get(row.name()).plus(SAME_STATE));
    }
  }
}
