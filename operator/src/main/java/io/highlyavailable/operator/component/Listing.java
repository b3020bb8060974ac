package io.highlyavailable.operator.component;

import java.util.List;
import java.util.Set;

/**
 * One complete answer to "what is there". Never partial: an adapter reads every page or throws.
 *
 * @param <R> the resource's type
 * @param rows resources whose owned fields and tags the listing shows in full
 * @param namesOnly names of resources whose details need {@link Adapter#find}
 */
public record Listing<R extends CloudResource>(List<R> rows, Set<String> namesOnly) {
  public Listing {
    rows = List.copyOf(rows);
    namesOnly = Set.copyOf(namesOnly);
  }

  /** A listing that shows everything. */
  public static <R extends CloudResource> Listing<R> of(List<R> rows) {
    return new Listing<>(rows, Set.of());
  }

  /** A listing that shows only that things exist. */
  public static <R extends CloudResource> Listing<R> ofNames(Set<String> names) {
    return new Listing<>(List.of(), names);
  }
}
