package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case in {@code golden/kubernetes}; rewritten with {@code -Dupdate.generated=true}. */
class GoldenTest {
  @ParameterizedTest
  @MethodSource("io.highlyavailable.operator.kubernetes.GoldenCase#all")
  void rendersAsExpected(GoldenCase golden) throws IOException {
    Path expected = GoldenCase.DIRECTORY.resolve(golden.name() + GoldenCase.EXPECTED);
    String rendered =
        Stream.concat(golden.objects().stream(), golden.jobs().stream())
            .map(Serialization::asYaml)
            .map(yaml -> yaml.startsWith("---") ? yaml : "---\n" + yaml)
            .collect(Collectors.joining());
    if (Boolean.getBoolean("update.generated")) {
      Files.writeString(expected, rendered);
    }
    assertThat(rendered).isEqualTo(Files.readString(expected));
  }

  @Test
  void everyFileIsUsed() {
    var names = GoldenCase.all().stream().map(GoldenCase::name).toList();
    assertThat(GoldenCase.files())
        .allMatch(
            file ->
                names.stream()
                    .anyMatch(
                        name ->
                            file.equals(name + GoldenCase.INPUT)
                                || file.equals(name + GoldenCase.EXPECTED)));
  }

  @ParameterizedTest
  @MethodSource("io.highlyavailable.operator.kubernetes.GoldenCase#all")
  void wantsExactlyWhatItRenders(GoldenCase golden) {
    assertThat(golden.objects().stream().map(ObjectKey::of))
        .containsExactlyInAnyOrderElementsOf(AppObjects.wanted(golden.app()));
  }

  @ParameterizedTest
  @MethodSource("io.highlyavailable.operator.kubernetes.GoldenCase#all")
  void rendersTheSameEveryTime(GoldenCase golden) {
    assertThat(golden.objects()).isEqualTo(GoldenCase.named(golden.name()).objects());
  }
}
