package io.highlyavailable.operator.component;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An adapter whose rows are of another type than those of the one that does the work: two
 * components made of the same kind of resource differ in the type by which others find them.
 *
 * @param <D> what should exist
 * @param <R> what the working adapter knows
 * @param <S> what the component knows
 * @param inner does the work
 * @param dress makes a component's row of it
 * @param undress the other way round
 */
public record AdapterOf<D, R extends CloudResource, S extends CloudResource>(
    Adapter<D, R> inner, Function<R, S> dress, Function<S, R> undress) implements Adapter<D, S> {
  @Override
  public String service() {
    return inner.service();
  }

  @Override
  public Listing<S> list() {
    Listing<R> listing = inner.list();
    return new Listing<>(listing.rows().stream().map(dress).toList(), listing.namesOnly());
  }

  @Override
  public Optional<S> find(String name) {
    return inner.find(name).map(dress);
  }

  @Override
  public S create(D desired, Map<String, String> tags) {
    return dress.apply(inner.create(desired, tags));
  }

  @Override
  public S update(S actual, D desired, List<Difference> changes) {
    return dress.apply(inner.update(undress.apply(actual), desired, changes));
  }

  @Override
  public S tag(S actual, Map<String, String> tags) {
    return dress.apply(inner.tag(undress.apply(actual), tags));
  }

  @Override
  public S untag(S actual, List<String> keys) {
    return dress.apply(inner.untag(undress.apply(actual), keys));
  }

  @Override
  public Optional<S> delete(S actual, Disposal disposal) {
    return inner.delete(undress.apply(actual), disposal).map(dress);
  }
}
