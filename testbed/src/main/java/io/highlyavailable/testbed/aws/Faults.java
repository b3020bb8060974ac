package io.highlyavailable.testbed.aws;

/** The faults that the emulator injects. All rules that match a call apply, in the order given. */
public final class Faults {
  private final ControlApi control;

  Faults(ControlApi control) {
    this.control = control;
  }

  /**
   * A rule for calls to one operation. It takes effect with the call of its kind of fault, such as
   * {@link FaultRule#throttle}.
   *
   * @param service as in {@link Call#service}
   * @param operation regular expression that matches the whole of {@link Call#operation}
   */
  public FaultRule on(String service, String operation) {
    return onAny().with("service", service).with("operation", operation);
  }

  /** A rule for all calls to a service. */
  public FaultRule on(String service) {
    return onAny().with("service", service);
  }

  /** A rule for all calls to AWS. */
  public FaultRule onAny() {
    return FaultRule.of(control);
  }

  /** Removes all rules. */
  public void clear() {
    control.delete("faults");
  }
}
