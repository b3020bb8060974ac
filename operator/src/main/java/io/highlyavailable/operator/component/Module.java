package io.highlyavailable.operator.component;

/**
 * Registers a component with its adapter: one line a component in the catalogue.
 *
 * @param <D> what should exist
 * @param <R> what exists
 * @param <C> what the adapter is made of: the provider's clients in one region
 */
public interface Module<D, R extends CloudResource, C> {
  /** The pure decisions. */
  Component<D, R> component();

  /**
   * The inventory that shows its resources. Modules that name the same one share its listings, and
   * must list the same rows; by default each has its own.
   */
  default String inventory() {
    return component().name().value();
  }

  /** The adapter over one region's clients. */
  Adapter<D, R> adapter(C clients);
}
