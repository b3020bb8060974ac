package io.highlyavailable.testbed.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The emulator's record of calls. Marks are numbers of calls and stay valid across resets. */
public final class CallLog {
  private final ControlApi control;
  private final @Nullable String caller;

  CallLog(ControlApi control, @Nullable String caller) {
    this.control = control;
    this.caller = caller;
  }

  /** The same record, of one caller's calls only. */
  public CallLog by(String accessKeyId) {
    return new CallLog(control, accessKeyId);
  }

  /** The number that the next call will have. */
  public long mark() {
    return control.get("calls/next").get("next").asLong();
  }

  /** The calls numbered {@code mark} and higher, in order. */
  public List<Call> since(long mark) {
    return fetch("calls?since=" + mark);
  }

  /** The calls since {@code mark} that may have changed something, failed ones included. */
  public List<Call> mutations(long mark) {
    return fetch("calls?mutating=true&since=" + mark);
  }

  /** How many calls of an operation there were since {@code mark}. */
  public int count(long mark, String service, String operation) {
    return counts(mark).getOrDefault(service, new TreeMap<>()).getOrDefault(operation, 0);
  }

  /** How many calls there were since {@code mark}, by service and operation. */
  public SortedMap<String, SortedMap<String, Integer>> counts(long mark) {
    SortedMap<String, SortedMap<String, Integer>> totals = new TreeMap<>();
    JsonNode answer = control.get("calls/counts?since=" + mark + callerParameter());
    for (Map.Entry<String, JsonNode> service : answer.properties()) {
      SortedMap<String, Integer> operations = new TreeMap<>();
      service
          .getValue()
          .properties()
          .forEach(e -> operations.put(e.getKey(), e.getValue().asInt()));
      totals.put(service.getKey(), operations);
    }
    return totals;
  }

  /** Forgets all calls. Numbers go on. */
  public void clear() {
    control.delete("calls");
  }

  private List<Call> fetch(String path) {
    List<Call> calls = new ArrayList<>();
    control.get(path + callerParameter()).get("calls").forEach(call -> calls.add(Call.of(call)));
    return calls;
  }

  private String callerParameter() {
    return caller == null ? "" : "&caller=" + URLEncoder.encode(caller, StandardCharsets.UTF_8);
  }
}
