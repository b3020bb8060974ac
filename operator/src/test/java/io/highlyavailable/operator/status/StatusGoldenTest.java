package io.highlyavailable.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case in {@code golden/status}; rewritten with {@code -Dupdate.generated=true}. */
class StatusGoldenTest {
  private static final String CASES = "io.highlyavailable.operator.status.StatusCase#all";

  @ParameterizedTest
  @MethodSource(CASES)
  void saysWhatIsExpected(StatusCase golden) throws IOException {
    Path expected = golden.directory().resolve("status.yaml");
    String status = Serialization.asYaml(golden.build());
    if (Boolean.getBoolean("update.generated")) {
      Files.writeString(expected, status);
    }
    assertThat(status).isEqualTo(Files.readString(expected));
  }

  @ParameterizedTest
  @MethodSource(CASES)
  void saysTheSameOfTheSame(StatusCase golden) throws IOException {
    HighlyAvailableAppStatus once = golden.build();
    HighlyAvailableAppStatus again = golden.build(throughTheServer(once));
    boolean turns = golden.before() != null && once.phase() != again.phase();
    if (!turns) {
      assertThat(again).isEqualTo(once);
    }
  }

  private static HighlyAvailableAppStatus throughTheServer(HighlyAvailableAppStatus status) {
    return Serialization.unmarshal(Serialization.asJson(status), HighlyAvailableAppStatus.class);
  }

  @Test
  void everyFileIsUsed() throws IOException {
    try (Stream<Path> files = Files.walk(StatusCase.ROOT)) {
      assertThat(files.filter(Files::isRegularFile))
          .allMatch(
              file ->
                  file.getParent().getParent().equals(StatusCase.ROOT)
                      && (file.endsWith("outcome.yaml") || file.endsWith("status.yaml")));
    }
  }
}
