package io.highlyavailable.operator.component.launchtemplate;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Instances;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.appsecret.AppSecret;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserDataTest {
  /** EC2's limit, before it is encoded. */
  private static final int LIMIT = 16384;

  private static final Path GOLDEN =
      Checkout.find().file("operator/src/test/resources/golden/user-data.sh");

  /** Writes down how it was called and with which environment, and answers as the real one. */
  private static final String DOCKER =
      """
      #!/bin/bash
      echo "$@" >> "$CALLS"
      case "$1 $2" in
        "image inspect") exit 1 ;;
        "login --username") cat > "$CALLS.token" ;;
      esac
      [ "$3" = run ] && /usr/bin/env > "$CALLS.environment"
      exit 0
      """;

  private static final String AWS =
      """
      #!/bin/bash
      case "$*" in
        *get-login-password) echo token ;;
        *get-secret-value*) echo '{"PASSWORD":"line 1\\nline 2","PATH":"/nowhere"}' ;;
      esac
      """;

  @TempDir Path folder;

  private static String of(String image) {
    App app = SampleApp.named("shop").instances(Instances.SETTINGS).build();
    AppSecret secret =
        new AppSecret(
            "ha-shop-environment",
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:ha-shop-environment-AbCdEf",
            "version-of-the-environment",
            Map.of());
    return UserData.of(
        Records.with(app, "workload", Records.with(app.workload(), "image", image)), secret);
  }

  @Test
  void isTheGoldenOne() throws IOException {
    String data = of("111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/shop:1");
    if (Boolean.getBoolean("update.generated")) {
      Files.writeString(GOLDEN, data);
    }
    assertThat(GOLDEN).as("run again with -Dupdate.generated=true").hasContent(data);
  }

  @Test
  void fitsAndIsAShellScript() throws IOException, InterruptedException {
    Path script = folder.resolve("user-data");
    Files.writeString(script, of("example.com/shop:1"));
    assertThat(Files.size(script)).isLessThan(LIMIT);
    assertThat(run(List.of("bash", "-n", script.toString()), Map.of())).isZero();
    assertThat(Files.readString(script)).doesNotContainPattern("@[A-Z_]+@");
  }

  @Test
  void theContainerGetsTheEnvironmentAndNobodyElseSeesIt()
      throws IOException, InterruptedException {
    Path calls = start("111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/shop:1");
    assertThat(Files.readAllLines(calls))
        .containsSubsequence(
            "login --username AWS --password-stdin 111122223333.dkr.ecr.eu-west-1.amazonaws.com",
            "pull --quiet 111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/shop:1")
        .last()
        .asString()
        .contains("run --rm --name app", "--publish 8080:8080", "--env PASSWORD", "--env PATH")
        .endsWith("team/shop:1")
        .doesNotContain("line 1");
    assertThat(calls.resolveSibling("calls.token")).hasContent("token\n");
    assertThat(calls.resolveSibling("calls.environment")).content().contains("line 1\nline 2");
  }

  @Test
  void aPublicImageIsFetchedWithoutAToken() throws IOException, InterruptedException {
    assertThat(Files.readAllLines(start("docker.io/acme/shop:1")))
        .noneMatch(call -> call.startsWith("login"))
        .anyMatch(call -> call.equals("pull --quiet docker.io/acme/shop:1"));
  }

  private Path start(String image) throws IOException, InterruptedException {
    String data = of(image);
    String program = data.substring(data.indexOf("#!/usr/bin/python3"), data.indexOf("\nRUN\n"));
    Path run = executable("run", program);
    executable("docker", DOCKER);
    executable("aws", AWS);
    Path calls = folder.resolve("calls");
    int status =
        run(
            List.of(python(), run.toString()),
            Map.of("CALLS", calls.toString(), "PATH", folder + ":" + System.getenv("PATH")));
    assertThat(status).isZero();
    return calls;
  }

  /** A launcher of Python's may put programs before ours. */
  private static String python() throws IOException {
    Process process =
        new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private Path executable(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text, StandardCharsets.UTF_8);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private static int run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environment);
    return builder.start().waitFor();
  }
}
