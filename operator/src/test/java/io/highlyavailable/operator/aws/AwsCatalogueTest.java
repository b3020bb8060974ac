package io.highlyavailable.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AwsCatalogueTest {
  private final List<? extends Component<?, ?>> components =
      AwsCatalogue.modules().stream().map(Module::component).toList();

  @Test
  void everyComponentComesAfterThoseItDependsOn() {
    Set<Object> seen = new HashSet<>();
    components.forEach(
        component -> {
          assertThat(seen).containsAll(component.dependsOn());
          seen.add(component.name());
        });
  }

  @Test
  void noTwoComponentsShareANameAndOnlySeveralOfOneKindAType() {
    assertThat(components).extracting(Component::name).doesNotHaveDuplicates();
    assertThat(components)
        .filteredOn(
            it -> !it.name().value().matches("node-.*|.*-(group|[123]|endpoint|route-table|topic)"))
        .filteredOn(it -> !it.temporary())
        .extracting(Component::resourceType)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatHoldsDataSaysWhatBecomesOfIt() {
    Stream<String> names =
        components.stream().filter(Component::holdsData).map(c -> c.name().value());
    assertThat(names)
        .containsExactly("database", "table", "session-store", "storage-replica", "storage");
  }
}
