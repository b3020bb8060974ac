package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.Adoption;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BindingNames;
import io.highlyavailable.operator.model.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes over an instance that somebody else made. */
final class DatabaseAdoption implements Adoption<DatabaseDesired, Database> {
  /** Every PostgreSQL server is set up with it. */
  private static final String POSTGRES = "postgres";

  @Override
  public Optional<String> existing(App app) {
    return app.databaseSettings().map(DatabaseSettings::existing);
  }

  @Override
  public String field() {
    return "spec.database.rds.existing.id";
  }

  @Override
  public String tagCommand(String accountId, String id, String key, String value) {
    return "aws rds add-tags-to-resource --resource-name %s --tags Key=%s,Value=%s"
        .formatted(id, key, value);
  }

  @Override
  public Optional<Desired.Impossible<DatabaseDesired>> refusal(
      App app, DatabaseDesired desired, Database actual) {
    if (!desired.engine().equals(actual.engine())) {
      return refused(
          "is of engine %s, not %s".formatted(actual.engine(), desired.engine()),
          "Name an instance of that engine, or write the block anew with the engine that it has");
    }
    if (!actual.encrypted()) {
      return refused(
          "is not encrypted, and cannot be any more",
          "Take a snapshot, copy it with encryption (aws rds copy-db-snapshot --kms-key-id), and"
              + " write the block anew with restoreFrom: {snapshotId: <the copy>}");
    }
    return Optional.empty();
  }

  private static Optional<Desired.Impossible<DatabaseDesired>> refused(
      String reason, String nextStep) {
    return Optional.of(new Desired.Impossible<>(reason, nextStep));
  }

  @Override
  public List<String> effects(App app, Database actual) {
    String user = actual.username();
    String database = databaseIn(app, actual);
    List<String> effects = new ArrayList<>();
    effects.add(
        "the password of its master user %s is set to that in the Secret %s: the old one is valid no more"
            .formatted(
                user, BindingNames.secret(app.identity().name(), DatabaseRules.MASTER_SECRET)));
    if (POSTGRES.equals(actual.engine())) {
      effects.add(
          "in its database %s, what %s owns goes to the role app_owner, of which the app's users are members"
              .formatted(database, user));
    } else {
      effects.add("users of the app's are made, with all rights in its database " + database);
    }
    if (actual.databaseName().isEmpty() && !POSTGRES.equals(actual.engine())) {
      effects.add("the database " + database + " is made in it unless it is there");
    }
    return effects;
  }

  /**
   * The database that the app uses. RDS knows only of one that was made with the instance: without,
   * it is PostgreSQL's own, or one that the users' Job makes.
   */
  static String databaseIn(App app, Database actual) {
    if (!actual.databaseName().isEmpty()) {
      return actual.databaseName();
    }
    return POSTGRES.equals(actual.engine())
        ? POSTGRES
        : DatabaseRules.databaseName(app.identity().name());
  }
}
