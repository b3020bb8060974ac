package io.highlyavailable.operator.component;

import io.highlyavailable.operator.aws.AwsCatalogue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which components of the catalogue a component is made of, and which look at those. */
final class Kinship {
  private final Component<?, ?> component;

  Kinship(Component<?, ?> component) {
    this.component = component;
  }

  /** All that it is made of. */
  List<? extends Component<?, ?>> before() {
    return needed().stream().filter(it -> !it.name().equals(component.name())).toList();
  }

  /** The component and all that it is made of. */
  List<? extends Component<?, ?>> needed() {
    return closure(Set.of(component.name()), Component::dependsOn);
  }

  /** What is made of any of these: some look at what is made of them. */
  Set<ComponentName> looksAt() {
    Set<ComponentName> made =
        needed().stream()
            .filter(Component::managed)
            .map(Component::name)
            .collect(Collectors.toSet());
    Set<ComponentName> all =
        closure(made, this::dependents).stream().map(Component::name).collect(Collectors.toSet());
    needed().forEach(it -> all.add(it.name()));
    return all;
  }

  private Set<ComponentName> dependents(Component<?, ?> of) {
    return catalogue().stream()
        .filter(it -> it.dependsOn().contains(of.name()))
        .map(Component::name)
        .collect(Collectors.toSet());
  }

  private static List<? extends Component<?, ?>> closure(
      Set<ComponentName> of, Function<Component<?, ?>, Set<ComponentName>> step) {
    Set<ComponentName> names = new HashSet<>();
    List<ComponentName> open = new ArrayList<>(of);
    while (!open.isEmpty()) {
      ComponentName next = open.removeLast();
      if (names.add(next)) {
        catalogue().stream()
            .filter(it -> it.name().equals(next))
            .forEach(it -> open.addAll(step.apply(it)));
      }
    }
    return catalogue().stream().filter(it -> names.contains(it.name())).toList();
  }

  private static List<? extends Component<?, ?>> catalogue() {
    return AwsCatalogue.modules().stream().<Component<?, ?>>map(Module::component).toList();
  }
}
