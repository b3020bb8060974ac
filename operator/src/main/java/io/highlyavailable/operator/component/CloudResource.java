package io.highlyavailable.operator.component;

import java.util.Map;

/** A resource as its provider last showed it: a row of an inventory. Immutable. */
public interface CloudResource {
  /** The name it is found by; unique within its inventory. */
  String name();

  /** The provider's identifier, an ARN where there is one. */
  String id();

  /** Its tags, all of them. */
  Map<String, String> tags();

  /** The provider's own word for its state, such as {@code available}. */
  String state();

  /**
   * Whether the provider is changing it now: no further change is sent to that resource. It is
   * {@link #unsettled} then.
   */
  default boolean inTransition() {
    return false;
  }

  /**
   * Whether it changes by itself, so that it is worth looking at often, whether or not it may be
   * changed meanwhile.
   */
  default boolean unsettled() {
    return inTransition();
  }

  /** Whether the provider is deleting it. */
  default boolean deleting() {
    return false;
  }
}
