package io.highlyavailable.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.gitops.HealthScript.Health;
import io.highlyavailable.testbed.argocd.ArgoCd;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.Progress;
import io.highlyavailable.testbed.build.Toolchain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The health of each state of an app, by Argo CD's own tool and its own Lua. Only on demand: see
 * docs/testing.md.
 */
@OnDemand
class ArgoCdHealthIT {
  private static final String SETTINGS =
      Checkout.find().file("gitops/argocd/argocd-cm.yaml").toString();

  private static Toolchain toolchain;

  @BeforeAll
  static void prepare() {
    toolchain = Toolchain.ofUser(Progress.toStandardError());
  }

  static List<ObservedApp> states() {
    return ObservedApp.all();
  }

  @ParameterizedTest
  @MethodSource("states")
  void agreesWithOurLua(ObservedApp app, @TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("app.yaml"), app.object().toString());
    String[] line = {"admin", "settings", "resource-overrides", "health", file.toString()};
    ArgoCd.Answer answer = ArgoCd.offline(toolchain, directory, SETTINGS, line);

    Health expected =
        app.object().at("/metadata/deletionTimestamp").isMissingNode()
            ? HealthScript.of(app)
            // It does not ask the script about what is being deleted.
            : new Health("Progressing", "Pending deletion");
    assertThat(answer.output())
        .contains("STATUS: " + expected.status() + "\n")
        .contains("MESSAGE: " + expected.message() + "\n");
  }
}
