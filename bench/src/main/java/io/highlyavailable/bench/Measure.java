package io.highlyavailable.bench;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One run of one client on a platform of its own, in a JVM of its own. */
@Command(name = "measure", hidden = true, description = "One run; used by the main command.")
final class Measure implements Callable<Integer> {
  /** Which client. */
  enum Client {
    OPERATOR,
    RAW
  }

  @Option(names = "--client", required = true)
  private Client client = Client.OPERATOR;

  @Option(names = "--apps", required = true)
  private int apps;

  @Option(names = "--database-seconds", required = true)
  private int databaseSeconds;

  @Option(names = "--limit-seconds", required = true)
  private int limitSeconds;

  @Option(names = "--result", required = true)
  private Path result = Path.of("measurement.json");

  @Override
  public Integer call() throws InterruptedException, IOException {
    try (Platform platform = new Platform(Duration.ofSeconds(databaseSeconds))) {
      Files.writeString(result, Serialization.asJson(measure(platform)));
    }
    return 0;
  }

  private Measurement measure(Platform platform) throws InterruptedException {
    Duration limit = Duration.ofSeconds(limitSeconds);
    return switch (client) {
      case OPERATOR -> new OperatorRun(platform, apps).measure(limit);
      case RAW -> {
        try (RawRun run = new RawRun(platform)) {
          yield run.measure(apps, limit);
        }
      }
    };
  }
}
