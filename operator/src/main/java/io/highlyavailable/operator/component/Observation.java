package io.highlyavailable.operator.component;

/**
 * What an inventory knows of one resource.
 *
 * @param <R> the resource's type
 */
public sealed interface Observation<R extends CloudResource> {
  /**
   * Nothing is known yet: no complete listing, or the row's details were not read. Nothing may be
   * decided on it.
   *
   * @param reason what is waited for, for the status
   */
  record Unknown<R extends CloudResource>(String reason) implements Observation<R> {}

  /** A complete listing does not show it, and nothing of ours is still settling. */
  record Absent<R extends CloudResource>() implements Observation<R> {}

  /**
   * It exists.
   *
   * @param resource the last row read or written
   */
  record Present<R extends CloudResource>(R resource) implements Observation<R> {}
}
