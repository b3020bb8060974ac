package io.highlyavailable.bench;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the operator with the raw client, each run in a JVM and on a platform of its own. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    subcommands = Measure.class,
    description = {
      "Takes apps of the quickstart's shape to Ready, once by the operator and once by a raw client"
          + " that makes the same writes with full concurrency, and compares both."
    })
public final class Bench implements Callable<Integer> {
  @Option(
      names = "--apps",
      split = ",",
      defaultValue = "1,50,200",
      description = "numbers of apps; default: ${DEFAULT-VALUE}")
  private List<Integer> apps = List.of();

  @Option(
      names = "--rounds",
      defaultValue = "1",
      description = "runs of each, of which the median counts; default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--database-seconds",
      defaultValue = "10",
      description =
          "how long a database is being created (RDS needs 5 to 15 minutes); default:"
              + " ${DEFAULT-VALUE}")
  private int databaseSeconds;

  @Option(
      names = "--limit-seconds",
      defaultValue = "900",
      description = "the longest that one run may take; default: ${DEFAULT-VALUE}")
  private int limitSeconds;

  @Option(names = "--json", description = "file for the results as JSON; default: printed")
  private @Nullable Path json;

  private Bench() {}

  /** See {@code --help}. */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new Bench());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(command.execute(arguments));
  }

  /**
   * The results as JSON.
   *
   * @param comparisons one a number of apps
   * @param runs every run
   */
  public record Results(List<Comparison> comparisons, List<Measurement> runs) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Comparison> comparisons = new ArrayList<>();
    List<Measurement> runs = new ArrayList<>();
    for (int count : apps) {
      List<Measurement> operators = new ArrayList<>();
      List<Measurement> raws = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        raws.add(run(Measure.Client.RAW, count));
        operators.add(run(Measure.Client.OPERATOR, count));
      }
      comparisons.add(Comparison.of(operators, raws));
      runs.addAll(operators);
      runs.addAll(raws);
    }
    print(comparisons, Serialization.asJson(new Results(comparisons, runs)));
    return 0;
  }

  private void print(List<Comparison> comparisons, String results) throws IOException {
    System.out.println(Comparison.head());
    comparisons.forEach(comparison -> System.out.println(comparison.row()));
    if (json == null) {
      System.out.println(results);
    } else {
      Files.writeString(json, results);
    }
  }

  private Measurement run(Measure.Client client, int count)
      throws IOException, InterruptedException {
    Path result = Files.createTempFile("measurement-", ".json");
    try {
      int code = new ProcessBuilder(command(client, count, result)).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException(client + " with " + count + " apps failed");
      }
      Measurement run = read(result);
      System.err.printf(
          Locale.ROOT, "%s, %d apps: %.1f s%n", run.client(), run.apps(), run.seconds());
      return run;
    } finally {
      Files.deleteIfExists(result);
    }
  }

  private static Measurement read(Path file) {
    try {
      return Serialization.unmarshal(Files.readString(file), Measurement.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(Measure.Client client, int count, Path result) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        Bench.class.getName(),
        "measure",
        "--client=" + client,
        "--apps=" + count,
        "--database-seconds=" + databaseSeconds,
        "--limit-seconds=" + limitSeconds,
        "--result=" + result);
  }
}
