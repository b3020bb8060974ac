package io.highlyavailable.operator.component.dashboard;

import java.util.ArrayList;
import java.util.List;

/** Places widgets one after the other, in rows of a heading and what stands below it. */
final class Grid {
  private static final int COLUMNS = 24;
  private static final int GRAPH_WIDTH = 6;
  private static final int GRAPH_HEIGHT = 6;

  /** The least that shows a heading with a line of text. */
  private static final int TEXT_HEIGHT = 2;

  private final List<Board.Placed> placed = new ArrayList<>();
  private int x;
  private int y;
  private int height;

  /** A widget over the whole width. */
  Grid wide(Widget widget, int rows) {
    newRow();
    placed.add(new Board.Placed(0, y, COLUMNS, rows, widget));
    y += rows;
    return this;
  }

  /** A heading and graphs below it; nothing where there are no graphs. */
  Grid row(Widget.Text heading, List<Widget.Graph> graphs) {
    if (!graphs.isEmpty()) {
      wide(heading, TEXT_HEIGHT);
      graphs.forEach(this::add);
    }
    return this;
  }

  private void add(Widget.Graph graph) {
    if (x + GRAPH_WIDTH > COLUMNS) {
      newRow();
    }
    placed.add(new Board.Placed(x, y, GRAPH_WIDTH, GRAPH_HEIGHT, graph));
    x += GRAPH_WIDTH;
    height = GRAPH_HEIGHT;
  }

  private void newRow() {
    x = 0;
    y += height;
    height = 0;
  }

  Board board() {
    return new Board(placed);
  }
}
