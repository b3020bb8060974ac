package io.highlyavailable.testbed.cli;

import io.highlyavailable.testbed.build.BuildFailedException;
import java.util.List;
import java.util.stream.Collectors;

/** The last words of a call. */
final class Summary {
  static final String STAYS =
      """
      Logs are in .local/logs. The platform stays up, and another call goes on with it;
      ./deploy.sh --local --down ends it.""";

  private Summary() {}

  /** What is ready, and how to look further. */
  static String of(List<AppView> apps) {
    String lines =
        apps.isEmpty()
            ? "The manifests are applied; there is no HighlyAvailableApp among them."
            : apps.stream().map(Summary::line).collect(Collectors.joining("\n"));
    String first = apps.isEmpty() ? "" : " " + apps.getFirst().name();
    return """

        %s

        Look further:
          source .local/env
          kubectl get haa
          kubectl describe haa%s
          aws rds describe-db-instances
        %s"""
        .formatted(lines, first, STAYS);
  }

  private static String line(AppView app) {
    return app.url().isEmpty() ? app.name() + " is ready." : app.name() + " is ready: " + app.url();
  }

  /** Why it failed; with the kind of failure when its message was not written for users. */
  static String reason(RuntimeException e) {
    boolean forUsers =
        e instanceof LocalFailure
            || e instanceof BuildFailedException
            || e instanceof IllegalStateException;
    return forUsers ? String.valueOf(e.getMessage()) : e.toString();
  }
}
