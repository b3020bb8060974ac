package io.highlyavailable.operator.plan;

/**
 * What Kubernetes shows of an app that may be moving between pods and instances.
 *
 * @param rolloutHeld whether no new image may be rolled out to instances: its migration has not run
 * @param podsLeft whether there are objects of pods although the app is to run on instances
 * @param podsReady whether its pods serve, and can be reached
 */
public record Handover(boolean rolloutHeld, boolean podsLeft, boolean podsReady) {
  /** Nothing moves. */
  public static final Handover NONE = new Handover(false, false, true);
}
