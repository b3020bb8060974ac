package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Difference;

/**
 * An owned field that was found other than desired.
 *
 * @param difference the field and both values
 * @param outcome what is done about it
 */
public record Drift(Difference difference, Outcome outcome) {
  /** What is done about a difference. */
  public enum Outcome {
    /** It is being put right. */
    CORRECTING,
    /** It could only be had by replacing the resource, which is not done without consent. */
    REFUSED,
    /** It waits for the maintenance window or for approval. */
    WAITING
  }
}
