package io.highlyavailable.testbed.aws;

import com.fasterxml.jackson.databind.JsonNode;

/** A fault rule in force. Closing it removes it. */
public final class Fault implements AutoCloseable {
  private final ControlApi control;
  private final int id;

  Fault(ControlApi control, int id) {
    this.control = control;
    this.id = id;
  }

  /** How many calls it has hit so far; 0 when it is removed. */
  public int hits() {
    for (JsonNode rule : control.get("faults")) {
      if (rule.get("id").asInt() == id) {
        return rule.get("hits").asInt();
      }
    }
    return 0;
  }

  @Override
  public void close() {
    control.delete("faults?id=" + id);
  }
}
