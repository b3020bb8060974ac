package io.highlyavailable.operator.component;

/**
 * What a component wants to exist.
 *
 * @param <D> the desired state's type
 */
public sealed interface Desired<D> {
  /**
   * Fully determined.
   *
   * @param state what should exist
   */
  record Known<D>(D state) implements Desired<D> {}

  /**
   * Cannot be determined until something else is there.
   *
   * @param reason one stable line: what is waited for
   */
  record Waiting<D>(String reason) implements Desired<D> {}

  /**
   * Cannot be had with this spec or configuration; a person must change something.
   *
   * @param reason one stable line that names the field
   * @param nextStep what to do
   */
  record Impossible<D>(String reason, String nextStep) implements Desired<D> {}
}
