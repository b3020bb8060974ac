package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.Readiness;
import java.util.Map;
import java.util.Set;

/** What RDS's statuses mean, as documented under "Viewing Amazon RDS DB instance status". */
final class DatabaseReadiness {
  /** It serves; what goes on meanwhile needs nobody. */
  private static final Set<String> SERVING =
      Set.of(
          "available",
          "backing-up",
          "configuring-enhanced-monitoring",
          "configuring-iam-database-auth",
          "configuring-log-exports",
          "storage-config-upgrade",
          "storage-initialization",
          "storage-optimization");

  /** It does not get out of these alone; what a person does about it. */
  private static final Map<String, String> NEXT_STEPS =
      Map.ofEntries(
          Map.entry(
              "storage-full", "raise spec.database.rds.storageGiB, or set a higher maxStorageGiB"),
          Map.entry(
              "failed", "restore it from a backup under the same identifier, or ask AWS Support"),
          Map.entry(
              "inaccessible-encryption-credentials",
              "give RDS its KMS key back and restore from a backup"),
          Map.entry(
              "inaccessible-encryption-credentials-recoverable",
              "enable its KMS key again, then start the instance"),
          Map.entry(
              "incompatible-create", "see the instance's events in RDS; the create did not fit"),
          Map.entry(
              "incompatible-network", "free IP addresses in the subnets of its DB subnet group"),
          Map.entry("incompatible-option-group", "undo the change of its option group"),
          Map.entry(
              "incompatible-parameters", "reset the parameters that do not fit, then reboot it"),
          Map.entry("incompatible-restore", "restore again from another backup"),
          Map.entry(
              "insufficient-capacity",
              "choose another spec.database.rds.instanceClass; AWS has no such capacity now"),
          Map.entry("restore-error", "restore again from another backup"),
          Map.entry("stopped", "start the instance: somebody stopped it"));

  private DatabaseReadiness() {}

  static Readiness of(Database actual) {
    String nextStep = NEXT_STEPS.get(actual.state());
    if (nextStep != null) {
      return new Readiness.Failed("RDS reports " + actual.state(), nextStep);
    }
    boolean reachable = actual.endpoint() != null;
    return SERVING.contains(actual.state()) && reachable
        ? new Readiness.Ready()
        : new Readiness.Progressing("RDS reports " + actual.state());
  }
}
