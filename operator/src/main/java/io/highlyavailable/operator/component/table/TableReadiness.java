package io.highlyavailable.operator.component.table;

import io.highlyavailable.operator.component.Readiness;
import java.util.Map;
import java.util.Set;

/** What DynamoDB's statuses mean, as documented under TableStatus in its API reference. */
final class TableReadiness {
  /** A table serves while it is being updated. */
  private static final Set<String> SERVING = Set.of(Table.ACTIVE, Table.UPDATING);

  /** It does not get out of these alone; what a person does about it. */
  private static final Map<String, String> NEXT_STEPS =
      Map.of(
          "INACCESSIBLE_ENCRYPTION_CREDENTIALS",
          "give DynamoDB access to the table's KMS key again within seven days; then it is archived",
          "ARCHIVING",
          "wait until it is archived, then restore it from the backup that DynamoDB makes of it",
          "ARCHIVED",
          "restore it under the same name from the backup that DynamoDB made of it",
          "REPLICATION_NOT_AUTHORIZED",
          "restore the permissions of the global table's replication",
          "CREATION_FAILED",
          "remove the failed replica (aws dynamodb update-table --replica-updates with Delete) once"
              + " what DynamoDB says of it is put right; it is then made again",
          "REGION_DISABLED",
          "enable the region for the account again within 20 hours; then the replica is a table of"
              + " its own");

  private TableReadiness() {}

  static Readiness of(Table actual) {
    return of(actual.state());
  }

  /** The same for the state of a table or of a replica. */
  static Readiness of(String state) {
    String nextStep = NEXT_STEPS.get(state);
    if (nextStep != null) {
      return new Readiness.Failed("DynamoDB reports " + state, nextStep);
    }
    return SERVING.contains(state)
        ? new Readiness.Ready()
        : new Readiness.Progressing("DynamoDB reports " + state);
  }
}
