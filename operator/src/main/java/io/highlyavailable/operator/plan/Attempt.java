package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.CloudFailure;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the calls made for one component.
 *
 * @param inFlight whether an action is being carried out
 * @param failure why the last action failed, or null
 * @param readFailure why the inventory could not be read last time, or null
 */
public record Attempt(
    boolean inFlight, @Nullable CloudFailure failure, @Nullable CloudFailure readFailure) {
  /** Nothing was tried, or all went well. */
  public static final Attempt NONE = new Attempt(false, null, null);
}
