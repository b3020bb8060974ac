package io.highlyavailable.operator.status;

import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.operator.component.network.NetworkRules;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.NetworkChoice;
import io.highlyavailable.operator.model.SessionStoreSettings;
import io.highlyavailable.operator.plan.Drift;
import io.highlyavailable.operator.plan.Report;
import io.highlyavailable.operator.plan.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Sums up an outcome in conditions. */
final class Facts {
  static final String READY = "Ready";
  private static final int FEWEST_FOR_AVAILABILITY = 2;

  /** Words that begin a message and are a reason of their own. */
  private static final Set<String> REASONS =
      Set.of(
          "AdoptionPending",
          "DataLossSuspected",
          "WrongAccount",
          "InvalidSpec",
          "MigrationFailed",
          "RolledBack");

  private final Outcome outcome;
  private final App app;
  private final Optional<Fact> backups;
  private final String suffering;
  private final ZoneFacts zones;

  /**
   * @param outcome what a reconciliation came to
   * @param backups what there is to say of backups while what makes them is ready
   * @param suffering what users suffer from, as far as alarms say; empty for nothing
   * @param zones which zones there are
   */
  Facts(Outcome outcome, Optional<Fact> backups, String suffering, ZoneFacts zones) {
    this.outcome = outcome;
    this.zones = zones;
    this.app = outcome.app();
    this.backups = backups;
    this.suffering = suffering;
  }

  /** All conditions: the sums first, then one a part, then the qualities. */
  List<Fact> all() {
    List<Fact> facts = new ArrayList<>(List.of(ready(), reconciling(), stalled()));
    parts().forEach((type, reports) -> facts.add(part(type, reports)));
    backups.ifPresent(fact -> unlessWorse(fact, facts));
    facts.add(highlyAvailable());
    facts.add(inSync());
    return facts;
  }

  /** What makes the copies comes first: while it does not work, the rest says little. */
  private static void unlessWorse(Fact fact, List<Fact> facts) {
    boolean worse =
        facts.stream()
            .anyMatch(it -> it.type().equals(fact.type()) && it.status() != ConditionStatus.TRUE);
    if (!worse) {
      facts.removeIf(it -> it.type().equals(fact.type()));
      facts.add(fact);
    }
  }

  /** What decides whether the app is ready: the worst report, or none when all are. */
  Optional<Report> worst() {
    return worst(outcome.reports());
  }

  boolean stuck() {
    return outcome.reports().stream().anyMatch(report -> report.standing() == Standing.FAILED);
  }

  private static Optional<Report> worst(List<Report> reports) {
    return reports.stream()
        .filter(report -> !report.ready())
        .max(Comparator.comparing(report -> severity(report.standing())));
  }

  private static int severity(Standing standing) {
    return switch (standing) {
      case READY -> 0;
      case PROGRESSING, REMOVING -> 1;
      case FAILED -> 2;
    };
  }

  private Fact ready() {
    if (app.deleting()) {
      return Fact.no(READY, "Deleting", String.join("; ", outcome.removal().blockedBy()));
    }
    return worst()
        .map(report -> Fact.no(READY, reason(report), line(report)))
        .orElseGet(
            () ->
                suffering.isEmpty()
                    ? Fact.yes(READY, "AllComponentsReady", "")
                    : Fact.no(READY, "UsersAffected", suffering));
  }

  /** Whether alarms say that users suffer. */
  boolean usersAffected() {
    return !suffering.isEmpty();
  }

  private Fact reconciling() {
    Optional<Report> moving =
        outcome.reports().stream().filter(report -> severity(report.standing()) == 1).findFirst();
    if (app.paused()) {
      return Fact.no("Reconciling", "Paused", "nothing is written while paused");
    }
    if (stuck()) {
      // Both at once is "under way" to kstatus, which asks for Reconciling first: whoever waits
      // would not hear of the failure before the time is over.
      return Fact.no("Reconciling", "Stalled", "");
    }
    return moving
        .map(report -> Fact.yes("Reconciling", reason(report), line(report)))
        .orElseGet(() -> Fact.no("Reconciling", "Settled", ""));
  }

  private Fact stalled() {
    return worst()
        .filter(report -> report.standing() == Standing.FAILED)
        .map(report -> Fact.yes("Stalled", reason(report), line(report) + next(report)))
        .orElseGet(() -> Fact.no("Stalled", "NotStalled", ""));
  }

  private Map<String, List<Report>> parts() {
    return outcome.reports().stream()
        .collect(Collectors.groupingBy(Report::condition, LinkedHashMap::new, Collectors.toList()));
  }

  private static Fact part(String type, List<Report> reports) {
    return worst(reports)
        .map(report -> Fact.no(type, reason(report), line(report)))
        .orElseGet(() -> Fact.yes(type, READY, ""));
  }

  private Fact highlyAvailable() {
    List<String> lacking = new ArrayList<>();
    if (app.workload().scale().minimum() < FEWEST_FOR_AVAILABILITY) {
      lacking.add("fewer than 2 replicas are asked for");
    } else if (outcome.readyReplicas() < FEWEST_FOR_AVAILABILITY) {
      lacking.add("fewer than 2 replicas are ready");
    }
    if (app.workload().availability().zones() < FEWEST_FOR_AVAILABILITY) {
      lacking.add("availability.zones is less than 2");
    }
    if (app.databaseSettings().filter(database -> !database.multiAz()).isPresent()) {
      lacking.add("database.rds.multiAz is false");
    }
    // A table is kept in three zones, always.
    boolean redundant =
        app.tableSettings().isPresent()
            || app.databaseSettings().filter(DatabaseSettings::multiAz).isPresent();
    if (redundant
        && parts().getOrDefault("DatabaseReady", List.of()).stream().anyMatch(r -> !r.ready())) {
      lacking.add("the database is not ready");
    }
    app.sessionStoreSettings().ifPresent(store -> sessionStore(store, lacking));
    fewerZones().ifPresent(lacking::add);
    boolean settled =
        parts().getOrDefault("WorkloadReady", List.of()).stream().allMatch(Report::ready);
    zones.lacking(settled).ifPresent(lacking::add);
    return lacking.isEmpty()
        ? Fact.yes("HighlyAvailable", "Redundant", "")
        : Fact.no("HighlyAvailable", "NotRedundant", String.join("; ", lacking));
  }

  /** What was discovered has fewer zones than were asked for: the network's report says it. */
  private Optional<String> fewerZones() {
    return outcome.reports().stream()
        .filter(report -> app.network() instanceof NetworkChoice.Discover)
        .filter(report -> app.instances().isEmpty())
        .filter(report -> report.name().equals(NetworkRules.NAME.value()) && report.ready())
        .map(Report::message)
        .filter(message -> message.startsWith(NetworkRules.FEWER_ZONES))
        .findFirst();
  }

  private void sessionStore(SessionStoreSettings store, List<String> lacking) {
    if (store.nodes() < FEWEST_FOR_AVAILABILITY) {
      lacking.add("sessionStore.memcached.nodes is less than 2");
    } else if (parts().getOrDefault("SessionStoreReady", List.of()).stream()
        .anyMatch(r -> !r.ready())) {
      lacking.add("the session store is not ready");
    }
  }

  private Fact inSync() {
    List<String> drifted =
        outcome.reports().stream()
            .filter(report -> !report.drift().isEmpty())
            .map(
                report ->
                    report.name()
                        + ": "
                        + report.drift().stream()
                            .map(drift -> drift.difference().toString())
                            .collect(Collectors.joining(", ")))
            .toList();
    if (!drifted.isEmpty()) {
      boolean waiting =
          outcome.reports().stream()
              .flatMap(report -> report.drift().stream())
              .allMatch(drift -> drift.outcome() == Drift.Outcome.WAITING);
      return Fact.no("InSync", waiting ? "ChangesWaiting" : "Drifted", String.join("; ", drifted));
    }
    return outcome.reports().stream()
        .filter(report -> report.message().startsWith("as last seen"))
        .findFirst()
        .map(report -> Fact.no("InSync", "NotObserved", line(report)))
        .orElseGet(() -> Fact.yes("InSync", "NoDrift", ""));
  }

  private static String reason(Report report) {
    String first = report.message().split(":", 2)[0];
    if (REASONS.contains(first)) {
      return first;
    }
    return switch (report.standing()) {
      case READY -> READY;
      case PROGRESSING -> "Progressing";
      case REMOVING -> "Removing";
      case FAILED -> "Failed";
    };
  }

  private static String line(Report report) {
    return report.name() + ": " + report.message();
  }

  private static String next(Report report) {
    return report.nextStep().isEmpty() ? "" : ". " + report.nextStep();
  }
}
