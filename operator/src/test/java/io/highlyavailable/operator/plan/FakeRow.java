package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Map;

/** A resource of the test's own catalogue; one type a component, as in the real one. */
sealed interface FakeRow extends CloudResource {
  /** What all of them are made of. */
  record Thing(
      String name, String id, Map<String, String> tags, String state, Map<String, String> values) {}

  record Net(Thing thing) implements FakeRow {}

  record Group(Thing thing) implements FakeRow {}

  record Store(Thing thing) implements FakeRow {}

  record Role(Thing thing) implements FakeRow {}

  record Files(Thing thing) implements FakeRow {}

  record Copy(Thing thing) implements FakeRow {}

  Thing thing();

  @Override
  default String name() {
    return thing().name();
  }

  @Override
  default String id() {
    return thing().id();
  }

  @Override
  default Map<String, String> tags() {
    return thing().tags();
  }

  @Override
  default String state() {
    return thing().state();
  }

  @Override
  default boolean inTransition() {
    return state().endsWith("ing");
  }

  @Override
  default boolean deleting() {
    return state().equals("deleting");
  }
}
