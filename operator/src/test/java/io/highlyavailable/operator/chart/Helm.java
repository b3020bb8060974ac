package io.highlyavailable.operator.chart;

import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.Toolchain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs Helm on the checkout's chart, apart from the configuration of whoever runs the tests. */
public final class Helm {
  /** The name and namespace that the documentation installs the chart under. */
  public static final String RELEASE = "highlyavailableapp";

  public static final String NAMESPACE = "highlyavailableapp-system";

  private final Path program;
  private final Map<String, String> environment;

  /**
   * A Helm of its own.
   *
   * @param home an empty directory for its configuration
   * @param environment more environment, such as {@code KUBECONFIG}
   */
  public Helm(Toolchain toolchain, Path home, Map<String, String> environment) {
    this.program = toolchain.helm();
    this.environment = new java.util.HashMap<>(environment);
    for (String kind : List.of("CACHE", "CONFIG", "DATA")) {
      this.environment.put("HELM_" + kind + "_HOME", home.resolve(kind).toString());
    }
  }

  /** The chart's directory. */
  public static Path chart() {
    return Checkout.find().file("helm/highlyavailableapp");
  }

  /** Renders the chart under the documented name. */
  public Result template(String... options) {
    return templateOf(chart(), options);
  }

  /** Renders another chart than the checkout's under the documented name. */
  public Result templateOf(Path chart, String... options) {
    List<String> arguments = new ArrayList<>(List.of("template", RELEASE, chart.toString()));
    arguments.addAll(List.of("--namespace", NAMESPACE));
    arguments.addAll(List.of(options));
    return run(arguments);
  }

  /** Installs or upgrades, and returns without waiting for pods. */
  public Result upgrade(String release, String namespace, String... options) {
    return upgradeTo(chart(), release, namespace, options);
  }

  /** Installs or upgrades to another chart than the checkout's. */
  public Result upgradeTo(Path chart, String release, String namespace, String... options) {
    List<String> arguments = new ArrayList<>(List.of("upgrade", release, chart.toString()));
    arguments.addAll(List.of("--namespace", namespace, "--install", "--wait=false"));
    arguments.addAll(List.of(options));
    return run(arguments);
  }

  /** Goes back to the revision before this one. */
  public Result rollback(String release, String namespace) {
    return run(List.of("rollback", release, "--namespace", namespace, "--wait=false"));
  }

  public Result uninstall(String release, String namespace) {
    return run(List.of("uninstall", release, "--namespace", namespace, "--wait=false"));
  }

  /** Runs the chart's own tests; on nodes without a kubelet their pods end well by themselves. */
  public Result test(String release, String namespace) {
    return run(List.of("test", release, "--namespace", namespace));
  }

  public Result lint(String... options) {
    List<String> arguments = new ArrayList<>(List.of("lint", "--strict", chart().toString()));
    arguments.addAll(List.of(options));
    return run(arguments);
  }

  private Result run(List<String> arguments) {
    List<String> line = new ArrayList<>(List.of(program.toString()));
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      CompletableFuture<String> errors =
          CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
      String output = read(process.getInputStream());
      return new Result(process.waitFor(), output, errors.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Helm runs", e);
    }
  }

  private static String read(java.io.InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How a call ended.
   *
   * @param exit the exit code
   * @param output standard output
   * @param errors standard error
   */
  public record Result(int exit, String output, String errors) {
    /** The standard output of a call that must succeed. */
    public String succeeded() {
      if (exit != 0) {
        throw new AssertionError("Helm failed with " + exit + ": " + errors + output);
      }
      return output;
    }
  }
}
