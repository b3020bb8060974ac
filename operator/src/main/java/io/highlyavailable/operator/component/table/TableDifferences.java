package io.highlyavailable.operator.component.table;

import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the owned fields of a table. Indexes, streams, table class and encryption key are not
 * ours. All that can be changed is changed while the table serves.
 */
final class TableDifferences {
  static final String PARTITION_KEY = "partitionKey";
  static final String SORT_KEY = "sortKey";
  static final String BILLING = "billingMode";
  static final String PROTECTION = "deletionProtection";
  static final String RECOVERY = "pointInTimeRecovery";
  static final String TIME_TO_LIVE = "timeToLiveAttribute";

  private final List<Difference> found = new ArrayList<>();

  private TableDifferences() {}

  static List<Difference> between(TableDesired desired, Table actual) {
    TableDifferences differences = new TableDifferences();
    differences.keys(desired.keys(), actual.keys());
    differences.settings(desired.settings(), actual.settings());
    return List.copyOf(differences.found);
  }

  private void keys(Table.Keys want, Table.Keys have) {
    compare(PARTITION_KEY, want.partition(), have.partition(), Impact.REPLACING);
    compare(SORT_KEY, want.sort(), have.sort(), Impact.REPLACING);
  }

  private void settings(Table.Settings want, Table.Settings have) {
    compare(BILLING, billing(want), billing(have), Impact.IN_PLACE);
    compare(PROTECTION, want.deletionProtection(), have.deletionProtection(), Impact.IN_PLACE);
    compare(RECOVERY, want.pointInTimeRecovery(), have.pointInTimeRecovery(), Impact.IN_PLACE);
    compare(TIME_TO_LIVE, want.timeToLiveAttribute(), have.timeToLiveAttribute(), Impact.IN_PLACE);
  }

  /** DynamoDB's words. */
  private static String billing(Table.Settings settings) {
    return settings.onDemand() ? "PAY_PER_REQUEST" : "PROVISIONED";
  }

  private void compare(String field, Object wanted, Object actual, Impact impact) {
    if (!wanted.equals(actual)) {
      found.add(new Difference(field, printable(wanted), printable(actual), impact));
    }
  }

  private static String printable(Object value) {
    String text = value.toString();
    return text.isEmpty() ? "none" : text;
  }
}
