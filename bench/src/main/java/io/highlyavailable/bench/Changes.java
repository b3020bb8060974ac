package io.highlyavailable.bench;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/**
 * Tells of every new state of an object.
 *
 * @param told is told
 * @param <T> the object's type
 */
record Changes<T>(Consumer<T> told) implements ResourceEventHandler<T> {
  @Override
  public void onAdd(T object) {
    told.accept(object);
  }

  @Override
  public void onUpdate(T before, T object) {
    told.accept(object);
  }

  @Override
  public void onDelete(T object, boolean finalStateUnknown) {}
}
