package io.highlyavailable.operator.component.backupcopy;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailureException;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DbInstanceAutomatedBackupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DescribeDbInstanceAutomatedBackupsRequest;
import software.amazon.awssdk.services.rds.model.RestoreWindow;

/**
 * Copies of automated backups at RDS, seen from the region that they are in: "Replicating automated
 * backups to another AWS Region" in RDS's guide. They have no tags and no name of their own.
 */
public final class BackupCopyAdapter implements Adapter<BackupCopyDesired, BackupCopy> {
  /** RDS's largest page. */
  private static final int PAGE = 100;

  /** What is left of copies when their source is gone or copying was stopped. */
  private static final String RETAINED = "retained";

  private static final long QUARTER = Duration.ofMinutes(15).toSeconds();

  private final AwsClients clients;

  BackupCopyAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "rds";
  }

  @Override
  public Listing<BackupCopy> list() {
    return Listing.of(read(DescribeDbInstanceAutomatedBackupsRequest.builder()).toList());
  }

  @Override
  public Optional<BackupCopy> find(String name) {
    try {
      return read(DescribeDbInstanceAutomatedBackupsRequest.builder().dbInstanceIdentifier(name))
          .findFirst();
    } catch (DbInstanceAutomatedBackupNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Those of instances in other regions; the region's own instances have theirs here too. */
  private Stream<BackupCopy> read(DescribeDbInstanceAutomatedBackupsRequest.Builder request) {
    return clients
        .rds()
        .describeDBInstanceAutomatedBackupsPaginator(request.maxRecords(PAGE).build())
        .dbInstanceAutomatedBackups()
        .stream()
        .filter(backup -> !clients.region().equals(backup.region()))
        .filter(backup -> !RETAINED.equals(backup.status()))
        .map(BackupCopyAdapter::row);
  }

  private static BackupCopy row(DBInstanceAutomatedBackup backup) {
    RestoreWindow window = backup.restoreWindow();
    return new BackupCopy(
        backup.dbInstanceIdentifier(),
        backup.dbInstanceAutomatedBackupsArn(),
        backup.status(),
        backup.dbInstanceArn(),
        backup.backupRetentionPeriod() == null ? 0 : backup.backupRetentionPeriod(),
        backup.kmsKeyId() == null ? "" : backup.kmsKeyId(),
        window == null ? null : quarter(window.latestTime()));
  }

  private static @Nullable Instant quarter(@Nullable Instant moment) {
    return moment == null
        ? null
        : Instant.ofEpochSecond(moment.getEpochSecond() / QUARTER * QUARTER);
  }

  /** RDS does not say what a second start does, so it is not left to find out. */
  @Override
  public BackupCopy create(BackupCopyDesired desired, Map<String, String> tags) {
    if (find(desired.name()).isPresent()) {
      throw new CloudFailureException(copied(desired.name()));
    }
    return row(
        clients
            .rds()
            .startDBInstanceAutomatedBackupsReplication(
                request ->
                    request
                        .sourceDBInstanceArn(desired.sourceArn())
                        .sourceRegion(desired.sourceRegion())
                        .backupRetentionPeriod(desired.retentionDays())
                        .kmsKeyId(desired.kmsKeyArn()))
            .dbInstanceAutomatedBackup());
  }

  private static CloudFailure copied(String name) {
    return new CloudFailure(
        CloudFailure.Kind.EXISTS,
        "rds:StartDBInstanceAutomatedBackupsReplication",
        "AlreadyReplicated",
        "backups of " + name + " are copied already",
        "",
        false);
  }

  /** There is no call to change it: copying stops, and begins as desired once it has stopped. */
  @Override
  public BackupCopy update(BackupCopy actual, BackupCopyDesired desired, List<Difference> changes) {
    stop(actual);
    return actual.stopping();
  }

  @Override
  public BackupCopy tag(BackupCopy actual, Map<String, String> tags) {
    return actual;
  }

  @Override
  public BackupCopy untag(BackupCopy actual, List<String> keys) {
    return actual;
  }

  /** Copies that were made stay until their retention is over. */
  @Override
  public Optional<BackupCopy> delete(BackupCopy actual, Disposal disposal) {
    try {
      stop(actual);
    } catch (DbInstanceNotFoundException | DbInstanceAutomatedBackupNotFoundException e) {
      return Optional.empty();
    }
    return find(actual.name()).map(BackupCopy::stopping);
  }

  private void stop(BackupCopy actual) {
    clients
        .rds()
        .stopDBInstanceAutomatedBackupsReplication(
            request -> request.sourceDBInstanceArn(actual.sourceArn()));
  }
}
