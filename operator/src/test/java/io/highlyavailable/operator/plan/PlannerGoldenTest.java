package io.highlyavailable.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case in {@code golden/plan}; rewritten with {@code -Dupdate.generated=true}. */
class PlannerGoldenTest {
  private final Planner planner = new Planner(FakeCatalogue.ALL);

  @ParameterizedTest
  @MethodSource("io.highlyavailable.operator.plan.PlanCase#all")
  void plansAsExpected(PlanCase golden) throws IOException {
    Path expected = golden.directory().resolve("plan.yaml");
    String plan = PlanText.of(planner.plan(golden.view()));
    if (Boolean.getBoolean("update.generated")) {
      Files.writeString(expected, plan);
    }
    assertThat(plan).isEqualTo(Files.readString(expected));
  }

  @ParameterizedTest
  @MethodSource("io.highlyavailable.operator.plan.PlanCase#all")
  void plansTheSameEveryTime(PlanCase golden) throws IOException {
    assertThat(planner.plan(golden.view())).isEqualTo(planner.plan(golden.view()));
  }

  @Test
  void everyFileIsUsed() throws IOException {
    try (Stream<Path> files = Files.walk(PlanCase.ROOT)) {
      assertThat(files.filter(Files::isRegularFile))
          .allMatch(
              file ->
                  file.getParent().getParent().equals(PlanCase.ROOT)
                      && (file.endsWith("view.yaml") || file.endsWith("plan.yaml")));
    }
  }
}
