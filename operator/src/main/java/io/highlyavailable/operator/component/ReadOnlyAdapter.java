package io.highlyavailable.operator.component;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An adapter of a component that is only read ({@link Component#managed} is false): nothing ever
 * asks it to write.
 *
 * @param <D> what should exist
 * @param <R> what exists
 */
public interface ReadOnlyAdapter<D, R extends CloudResource> extends Adapter<D, R> {
  @Override
  default R create(D desired, Map<String, String> tags) {
    throw readOnly();
  }

  @Override
  default R update(R actual, D desired, List<Difference> changes) {
    throw readOnly();
  }

  @Override
  default R tag(R actual, Map<String, String> tags) {
    throw readOnly();
  }

  @Override
  default R untag(R actual, List<String> keys) {
    throw readOnly();
  }

  @Override
  default Optional<R> delete(R actual, Disposal disposal) {
    throw readOnly();
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("this component is only read");
  }
}
