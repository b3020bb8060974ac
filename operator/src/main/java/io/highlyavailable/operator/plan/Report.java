package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.RaisedAlarm;
import java.util.List;

/**
 * What there is to say of one component.
 *
 * @param name as in {@code status.components[].name}
 * @param kind the service's own word
 * @param condition the condition it counts towards
 * @param standing where it stands
 * @param id the provider's identifier; empty while it does not exist
 * @param ownership {@code Created}, {@code Adopted} or {@code Referenced}; empty while unknown
 * @param state the provider's own word; empty while it does not exist
 * @param message one stable line; empty when there is nothing to say
 * @param nextStep what a person should do; may be empty
 * @param drift owned fields that were not as desired
 * @param alarms its alarms that are on
 */
public record Report(
    String name,
    String kind,
    String condition,
    Standing standing,
    String id,
    String ownership,
    String state,
    String message,
    String nextStep,
    List<Drift> drift,
    List<RaisedAlarm> alarms) {

  /** The operator made it. */
  public static final String CREATED = "Created";

  /** Somebody else made it, and the app took it over. */
  public static final String ADOPTED = "Adopted";

  /** The state of a resource whose creation was begun and that was not seen yet. */
  public static final String CREATING = "creating";

  /** The operator only reads it. */
  public static final String REFERENCED = "Referenced";

  public Report {
    drift = List.copyOf(drift);
    alarms = List.copyOf(alarms);
  }

  /** What there is to say of a component of which no alarm is on. */
  public Report(
      String name,
      String kind,
      String condition,
      Standing standing,
      String id,
      String ownership,
      String state,
      String message,
      String nextStep,
      List<Drift> drift) {
    this(
        name, kind, condition, standing, id, ownership, state, message, nextStep, drift, List.of());
  }

  /** The same component standing elsewhere. */
  public Report with(Standing newStanding, String newMessage, String newNextStep) {
    return new Report(
        name,
        kind,
        condition,
        newStanding,
        id,
        ownership,
        state,
        newMessage,
        newNextStep,
        drift,
        alarms);
  }

  /** The same component with what is done about its drift. */
  public Report withDrift(List<Drift> newDrift) {
    return new Report(
        name, kind, condition, standing, id, ownership, state, message, nextStep, newDrift, alarms);
  }

  /** The same component in another state. */
  Report inState(String newState) {
    return new Report(
        name, kind, condition, standing, id, ownership, newState, message, nextStep, drift, alarms);
  }

  /** The same for a component that the app is as ready without. */
  static Report remark(Report of) {
    return of.with(Standing.READY, of.message(), "").withDrift(List.of());
  }

  /** Whether its resource was looked at, and is there. */
  public boolean seen() {
    return !ownership.isEmpty() && !state.isEmpty();
  }

  /** Whether it does its job. */
  public boolean ready() {
    return standing == Standing.READY;
  }
}
