package io.highlyavailable.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
  @TempDir Path directory;

  @Test
  void setsUnsetsAndExtendsThePathOnceInAShell() throws Exception {
    Path env = directory.resolve("env");
    Files.writeString(
        env,
        EnvFile.text(
            Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:1", "ODD", "it's $HOME", "AWS_PROFILE", ""),
            "/here/bin"));
    ProcessBuilder shell =
        new ProcessBuilder(
            "bash",
            "-uc",
            ". '%s'; . '%s'; echo \"$AWS_ENDPOINT_URL|$ODD|${AWS_PROFILE-unset}|$PATH\""
                .formatted(env, env));
    shell.environment().put("AWS_PROFILE", "production");
    shell.environment().put("PATH", "/usr/bin:/bin");

    try (var reader = shell.start().inputReader()) {
      assertThat(reader.readLine())
          .isEqualTo("http://127.0.0.1:1|it's $HOME|unset|/here/bin:/usr/bin:/bin");
    }
  }
}
