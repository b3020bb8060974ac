package io.highlyavailable.testbed.aws;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which calls to disturb; unless said otherwise, the first one that matches. Immutable: each method
 * returns a narrower rule, and those named after a fault put it in force.
 */
public final class FaultRule {
  private final ControlApi control;
  private final Map<String, @Nullable Object> fields;

  private FaultRule(ControlApi control, Map<String, @Nullable Object> fields) {
    this.control = control;
    this.fields = fields;
  }

  static FaultRule of(ControlApi control) {
    return new FaultRule(control, Map.of());
  }

  FaultRule with(String field, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(fields);
    more.put(field, value);
    return new FaultRule(control, more);
  }

  /** Only calls whose {@link Call#resource} contains a match of this regular expression. */
  public FaultRule resource(String regularExpression) {
    return with("resource", regularExpression);
  }

  /** Only calls that this access key id signed. */
  public FaultRule caller(String accessKeyId) {
    return with("caller", accessKeyId);
  }

  /** Only calls that may change something. */
  public FaultRule mutating() {
    return with("mutating", true);
  }

  /** Only the call with this number. */
  public FaultRule atCall(long index) {
    return with("call", index);
  }

  /** Lets this many matching calls pass first. Default 0. */
  public FaultRule skip(int calls) {
    return with("skip", calls);
  }

  /** Hits this many calls, then no more. Default 1. */
  public FaultRule times(int calls) {
    return with("times", calls);
  }

  /** Hits every matching call. */
  public FaultRule always() {
    return with("times", null);
  }

  /**
   * Hits a matching call only by chance.
   *
   * @param share 0 to 1
   * @param seed the same seed hits the same calls of the same sequence
   */
  public FaultRule probability(double share, long seed) {
    return with("probability", share).with("seed", seed);
  }

  /** The call takes longer by this much, and then goes through. */
  public Fault latency(Duration delay) {
    return with("millis", delay.toMillis()).apply("latency");
  }

  /** The call is refused with the service's own throttling error. */
  public Fault throttle() {
    return apply("throttle");
  }

  /**
   * The call is refused.
   *
   * @param code the service's error code
   * @param status HTTP status
   */
  public Fault error(String code, int status, String message) {
    return with("code", code).with("status", status).with("message", message).apply("error");
  }

  /** The connection breaks before the call has any effect. */
  public Fault dropBefore() {
    return apply("drop_before");
  }

  /** The call takes effect, and then the connection breaks in place of a response. */
  public Fault dropAfter() {
    return apply("drop_after");
  }

  /**
   * What the call creates is left out of listings for a while; a lookup by its exact name or id
   * finds it.
   */
  public Fault hide(Duration time) {
    return with("millis", time.toMillis()).apply("hide");
  }

  private Fault apply(String action) {
    return new Fault(
        control, control.post("faults", with("action", action).fields).get("id").asInt());
  }
}
