package io.highlyavailable.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server cannot see of a manifest, the examples do not do wrong either. */
class AppFactoryExamplesTest {
  static List<Path> examples() {
    try (Stream<Path> files = Files.walk(Checkout.find().file("examples"))) {
      return files
          .filter(
              file -> file.toString().endsWith(".yaml") && !file.toString().contains("/target/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void findsNothingWrong(Path example) throws IOException {
    var app = Serialization.unmarshal(Files.readString(example), HighlyAvailableApp.class);
    app.getMetadata().setNamespace("prod");
    app.getMetadata().setUid("u");

    assertThat(new AppFactory("test", "cluster", "eu-west-1", "").create(app, "namespace"))
        .isInstanceOf(AppOutcome.Valid.class);
  }
}
