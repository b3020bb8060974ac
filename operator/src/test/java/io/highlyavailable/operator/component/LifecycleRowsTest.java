package io.highlyavailable.operator.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.highlyavailable.operator.aws.AwsCatalogue;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A component that the table of lives has no row for is not tested. */
class LifecycleRowsTest {
  /** Of what there is one a zone, the first zone's stands for all. */
  private static final Pattern ANOTHER_ZONE = Pattern.compile(".*-[23]");

  /** What is there for a while only has no life of this kind: see RestoredInstancePlanTest. */
  @Test
  void everyComponentThatIsManagedHasARow() {
    assertThat(rows(LifecycleContract.class))
        .containsAll(names(it -> it.managed() && !it.temporary()));
  }

  @Test
  void everyComponentThatIsOnlyReadHasATestOfItsReading() {
    assertThat(rows(ReadOnlyContract.class)).containsAll(names(it -> !it.managed()));
  }

  private static List<ComponentName> names(Predicate<Component<?, ?>> which) {
    return AwsCatalogue.modules().stream()
        .<Component<?, ?>>map(Module::component)
        .filter(which)
        .map(Component::name)
        .filter(name -> !ANOTHER_ZONE.matcher(name.value()).matches())
        .toList();
  }

  private static final JavaClasses TESTS = imported();

  private static JavaClasses imported() {
    // Packages of libraries are enough: to read their classes takes half a minute.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
        .importPackages("io.highlyavailable.operator.component");
  }

  private static Set<ComponentName> rows(Class<?> contract) {
    return TESTS.get(contract).getAllSubclasses().stream()
        .filter(it -> !it.getModifiers().contains(JavaModifier.ABSTRACT))
        .map(LifecycleRowsTest::row)
        .collect(Collectors.toSet());
  }

  private static ComponentName row(JavaClass test) {
    try {
      var constructor = test.reflect().getDeclaredConstructor();
      constructor.setAccessible(true);
      return ((ComponentTest) constructor.newInstance()).row();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
