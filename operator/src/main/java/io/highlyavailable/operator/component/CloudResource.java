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
   * Whether the provider is changing it now. While any row is in transition its inventory is polled
   * fast, and no further change is sent to that resource.
   */
  default boolean inTransition() {
    return false;
  }

  /** Whether the provider is deleting it. */
  default boolean deleting() {
    return false;
  }
}
