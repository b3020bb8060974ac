package io.highlyavailable.operator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The direction of imports, as the architecture has it. */
class ArchitectureTest {
  private static final String OPERATOR = "io.highlyavailable.operator.";
  private static final String SDK = "software.amazon..";
  private static final String JOSDK = "io.javaoperatorsdk..";

  private static final JavaClasses CLASSES = imported();

  private static JavaClasses imported() {
    // Packages of libraries are enough: to read their classes takes half a minute.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("io.highlyavailable.api", "io.highlyavailable.operator");
  }

  /** What decides, and therefore must give the same answer to the same question. */
  private static final DescribedPredicate<JavaClass> PURE =
      resideInAnyPackage(
              OPERATOR + "model..",
              OPERATOR + "component..",
              OPERATOR + "kubernetes..",
              OPERATOR + "plan..",
              OPERATOR + "status..")
          .and(predicate("decide", javaClass -> !isAdapter(javaClass) && !isModule(javaClass)));

  /** Calls that answer differently each time, or ask the world outside. */
  private static final Pattern IMPURE =
      Pattern.compile(
          "java\\.time\\.[A-Za-z]+\\.now\\(.*|java\\.time\\.Clock\\.(system|tick).*"
              + "|java\\.lang\\.System\\.(getenv|getProperty|currentTimeMillis|nanoTime)\\(.*"
              + "|java\\.lang\\.Math\\.random\\(.*|java\\.util\\.UUID\\.randomUUID\\(.*"
              + "|java\\.util\\.Random\\.<init>\\(.*|java\\.security\\.SecureRandom\\..*"
              + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\..*|java\\.lang\\.Thread\\..*"
              + "|java\\.nio\\.file\\.Files\\..*");

  @Test
  void theApiKnowsNothingOfTheOperator() {
    noClasses()
        .that()
        .resideInAPackage("io.highlyavailable.api..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(OPERATOR + ".", "io.highlyavailable.testbed..", JOSDK, SDK)
        .check(CLASSES);
  }

  @Test
  void whatDecidesKnowsNoClient() {
    noClasses()
        .that(PURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fabric8.kubernetes.client..",
            JOSDK,
            SDK,
            "java.net.http..",
            OPERATOR + "aws..",
            OPERATOR + "engine..",
            OPERATOR + "config..",
            OPERATOR + "tracing..")
        .check(CLASSES);
  }

  @Test
  void whatDecidesHasNoClockEnvironmentOrRandomness() {
    classes().that(PURE).should(callNothing(IMPURE)).check(CLASSES);
  }

  @Test
  void aCloudSdkIsKnownToAdaptersOnly() {
    classes()
        .that()
        .resideInAPackage(OPERATOR + ".")
        .and(resideOutsideOfPackages(OPERATOR + "aws.."))
        .and(predicate("are no adapters", javaClass -> !isAdapter(javaClass)))
        .should()
        .onlyDependOnClassesThat(resideOutsideOfPackages(SDK))
        .check(CLASSES);
  }

  @Test
  void partsOfAnAdapterAreUsedByItOnly() {
    classes()
        .that(predicate("are parts of an adapter", ArchitectureTest::isPartOfAdapter))
        .should()
        .onlyHaveDependentClassesThat(
            predicate("are adapters or modules", c -> isAdapter(c) || isModule(c)))
        .check(CLASSES);
  }

  @Test
  void theOperatorFrameworkIsKnownToTheEngineOnly() {
    noClasses()
        .that(resideOutsideOfPackages(OPERATOR + "engine.."))
        .and(
            predicate(
                "are neither AppReconciler nor Main",
                c -> !Set.of("AppReconciler", "Main").contains(outermost(c).getSimpleName())))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(JOSDK)
        .check(CLASSES);
  }

  @Test
  void openTelemetryIsKnownToTracingOnly() {
    noClasses()
        .that(resideOutsideOfPackages(OPERATOR + "tracing.."))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .check(CLASSES);
  }

  @Test
  void componentsHaveNoCycles() {
    slices().matching(OPERATOR + "component.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void componentsSeeOnlyOneAnothersState() {
    classes()
        .that()
        .resideInAPackage(OPERATOR + "component.*..")
        .should(seeOnlyStateOfOtherComponents())
        .check(CLASSES);
  }

  /** An adapter, or a part of one that only its package can see. */
  private static boolean isAdapter(JavaClass javaClass) {
    return outermost(javaClass).getSimpleName().endsWith("Adapter") || isPartOfAdapter(javaClass);
  }

  private static boolean isPartOfAdapter(JavaClass javaClass) {
    JavaClass outer = outermost(javaClass);
    return outer.getPackageName().startsWith(OPERATOR + "component.")
        && !outer.getModifiers().contains(JavaModifier.PUBLIC)
        && !outer.getSimpleName().endsWith("Adapter")
        && outer.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getPackageName())
            .anyMatch(target -> target.startsWith("software.amazon."));
  }

  private static boolean isModule(JavaClass javaClass) {
    return outermost(javaClass).getSimpleName().endsWith("Module");
  }

  private static JavaClass outermost(JavaClass javaClass) {
    return javaClass.getEnclosingClass().map(ArchitectureTest::outermost).orElse(javaClass);
  }

  private static DescribedPredicate<JavaClass> predicate(
      String description, Predicate<JavaClass> test) {
    return DescribedPredicate.describe(description, test);
  }

  private static ArchCondition<JavaClass> callNothing(Pattern forbidden) {
    return new ArchCondition<>("call nothing impure") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        for (JavaCodeUnitAccess<?> call : item.getCodeUnitAccessesFromSelf()) {
          CodeUnitAccessTarget target = call.getTarget();
          if (forbidden.matcher(target.getFullName()).matches()) {
            events.add(SimpleConditionEvent.violated(call, call.getDescription()));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaClass> seeOnlyStateOfOtherComponents() {
    return new ArchCondition<>("see only the state records of other components") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass();
          boolean other =
              target.getPackageName().startsWith(OPERATOR + "component.")
                  && !target.getPackageName().equals(item.getPackageName());
          if (other && !target.isRecord() && !target.isEnum() && !target.isInterface()) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }
}
