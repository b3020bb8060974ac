package io.highlyavailable.operator.component;

import java.util.Map;

/**
 * A resource of EC2 that has no name of its own and is found by its tags.
 *
 * @param <R> itself
 */
public interface Piece<R extends Piece<R>> extends CloudResource {
  /** EC2's id of it, such as {@code vpc-0a1b2c3d}. */
  String resourceId();

  /** The same with other tags. */
  R withTags(Map<String, String> tags);
}
