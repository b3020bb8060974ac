package io.highlyavailable.operator.component;

import java.util.List;
import java.util.Map;

/**
 * One step towards the desired state, decided by the planner and carried out by the engine.
 *
 * @param <D> what should exist
 * @param <R> what exists
 */
public sealed interface Action<D, R extends CloudResource> {
  /** The resource's name in its inventory. */
  String resource();

  /** One line for logs. */
  String summary();

  /** Create it, with tags in the same call. */
  record Create<D, R extends CloudResource>(String resource, D desired, Map<String, String> tags)
      implements Action<D, R> {
    @Override
    public String summary() {
      return "create " + resource;
    }
  }

  /** Change owned fields. */
  record Update<D, R extends CloudResource>(R actual, D desired, List<Difference> changes)
      implements Action<D, R> {
    public Update {
      changes = List.copyOf(changes);
    }

    @Override
    public String resource() {
      return actual.name();
    }

    @Override
    public String summary() {
      return "update " + resource() + " " + changes;
    }
  }

  /** Set tags and remove others: re-attachment, drift of tags, or retention. */
  record Tag<D, R extends CloudResource>(R actual, Map<String, String> set, List<String> remove)
      implements Action<D, R> {
    public Tag {
      set = Map.copyOf(set);
      remove = List.copyOf(remove);
    }

    @Override
    public String resource() {
      return actual.name();
    }

    @Override
    public String summary() {
      return "tag "
          + resource()
          + " "
          + new java.util.TreeMap<>(set)
          + (remove.isEmpty() ? "" : " remove " + remove);
    }
  }

  /** Delete it. */
  record Delete<D, R extends CloudResource>(R actual, Disposal disposal) implements Action<D, R> {
    @Override
    public String resource() {
      return actual.name();
    }

    @Override
    public String summary() {
      return "delete " + resource() + " " + disposal;
    }
  }
}
