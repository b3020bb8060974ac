package io.highlyavailable.operator.component.instancegroup;

/**
 * A target tracking policy: instances are added and removed so that a metric stays at its target.
 *
 * @param name its name
 * @param metric a predefined metric, such as {@code ASGAverageCPUUtilization}
 * @param label which load balancer and target group the metric is of; empty for none
 * @param target what is aimed at, in the metric's unit
 */
public record Tracking(String name, String metric, String label, double target)
    implements Comparable<Tracking> {
  static final String CPU = "ASGAverageCPUUtilization";

  /** Requests of one target in a minute. */
  static final String REQUESTS = "ALBRequestCountPerTarget";

  @Override
  public int compareTo(Tracking other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return metric + (label.isEmpty() ? "" : " of " + label) + " at " + target;
  }
}
