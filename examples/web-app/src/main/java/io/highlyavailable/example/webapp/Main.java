package io.highlyavailable.example.webapp;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Without arguments serves until SIGTERM; {@code migrate} brings the database's tables up to date
 * and exits, for {@code spec.migration}.
 */
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Main() {}

  /** Exits with 0 when all went well, with 1 when not, with 2 when asked for something else. */
  public static void main(String[] arguments) {
    Variables variables = new Variables(System.getenv());
    try {
      switch (List.of(arguments)) {
        case List<String> none when none.isEmpty() -> serve(variables);
        case List<String> one when one.equals(List.of("migrate")) -> migrate(variables);
        default -> {
          log.error("usage: web-app [migrate]");
          System.exit(USAGE);
        }
      }
    } catch (IOException | SQLException | IllegalArgumentException e) {
      log.error("{}", e.getMessage());
      System.exit(FAILED);
    }
  }

  private static void serve(Variables variables) throws IOException {
    App app = App.start(variables);
    Runtime.getRuntime().addShutdownHook(new Thread(app::close, "shutdown"));
  }

  private static void migrate(Variables variables) throws SQLException {
    try (Connection connection = DatabaseBinding.of(variables).connect()) {
      log.info("{} steps taken", Schema.migrate(connection));
    }
  }
}
