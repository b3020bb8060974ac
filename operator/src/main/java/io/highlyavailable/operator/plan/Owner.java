package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.model.Ownership;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.Map;

/** Whose a resource is: by its own tags, or by those of the resource that it belongs to. */
final class Owner {
  private Owner() {}

  static <R extends CloudResource> Ownership of(Component<?, R> component, AppView view, R row) {
    ComponentName tagged = component.partOf().orElse(component.name());
    return OwnershipTags.classify(
        view.app().identity(), tagged.value(), tags(component, view, row));
  }

  /** Whether it cannot be said yet, because that to which it belongs was not looked at. */
  static boolean unknown(Component<?, ?> component, AppView view) {
    return component
        .partOf()
        .filter(whole -> view.observation(whole) instanceof Observation.Unknown<?>)
        .isPresent();
  }

  /** What belongs to something that is not there belongs to nobody we know. */
  static <R extends CloudResource> Map<String, String> tags(
      Component<?, R> component, AppView view, R row) {
    if (component.partOf().isEmpty()) {
      return row.tags();
    }
    Observation<?> whole = view.observation(component.partOf().get());
    return whole instanceof Observation.Present<?>(CloudResource resource)
        ? resource.tags()
        : Map.of();
  }
}
