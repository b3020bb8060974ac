package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.network.NetworkSeed;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.StartDbInstanceAutomatedBackupsReplicationRequest;

/**
 * Source: StartDBInstanceAutomatedBackupsReplication, StopDBInstanceAutomatedBackupsReplication and
 * DescribeDBInstanceAutomatedBackups in the API reference of Amazon RDS, and "Replicating automated
 * backups to another AWS Region" in its user guide.
 */
class BackupReplicationContractTest extends EmulatorTest {
  private static final String KEY =
      "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555";

  private final RdsClient home = client(RdsClient.builder());
  private final RdsClient away =
      emulator().configure(RdsClient.builder()).region(Region.US_WEST_2).build();
  private String arn = "";

  @BeforeEach
  void makeInstance() {
    var network = NetworkSeed.ensure(emulator().endpoint(), "us-east-1", "test");
    home.createDBSubnetGroup(
        b ->
            b.dbSubnetGroupName("private")
                .dbSubnetGroupDescription("d")
                .subnetIds(network.privateSubnetIds()));
    arn = create("shop", 7);
  }

  private String create(String name, int retention) {
    return home.createDBInstance(
            b ->
                b.dbInstanceIdentifier(name)
                    .dbInstanceClass("db.t4g.medium")
                    .engine("postgres")
                    .allocatedStorage(50)
                    .storageType("gp3")
                    .storageEncrypted(true)
                    .backupRetentionPeriod(retention)
                    .masterUsername("shop")
                    .masterUserPassword("correct-horse")
                    .dbSubnetGroupName("private"))
        .dbInstance()
        .dbInstanceArn();
  }

  private static StartDbInstanceAutomatedBackupsReplicationRequest.Builder of(String source) {
    return StartDbInstanceAutomatedBackupsReplicationRequest.builder()
        .sourceDBInstanceArn(source)
        .backupRetentionPeriod(14)
        .kmsKeyId(KEY);
  }

  private DBInstanceAutomatedBackup start() {
    home.describeDBInstances();
    return away.startDBInstanceAutomatedBackupsReplication(of(arn).build())
        .dbInstanceAutomatedBackup();
  }

  private List<DBInstanceAutomatedBackup> copies() {
    return away.describeDBInstanceAutomatedBackups().dbInstanceAutomatedBackups();
  }

  @Test
  void copiesAreListedInTheOtherRegionWithTheirSource() {
    assertThat(start().status()).isEqualTo("creating");
    assertThat(copies())
        .singleElement()
        .satisfies(
            copy -> {
              assertThat(copy.dbInstanceIdentifier()).isEqualTo("shop");
              assertThat(copy.dbInstanceArn()).isEqualTo(arn);
              assertThat(copy.region()).isEqualTo("us-east-1");
              assertThat(copy.status()).isEqualTo("active");
              assertThat(copy.kmsKeyId()).isEqualTo(KEY);
              assertThat(copy.backupRetentionPeriod()).isEqualTo(14);
              assertThat(copy.dbInstanceAutomatedBackupsArn())
                  .startsWith("arn:aws:rds:us-west-2:123456789012:auto-backup:ab-");
              assertThat(copy.restoreWindow().latestTime()).isNotNull();
            });
    assertThat(home.describeDBInstanceAutomatedBackups().dbInstanceAutomatedBackups())
        .extracting(DBInstanceAutomatedBackup::region)
        .containsExactly("us-east-1");
  }

  @Test
  void whatWasCopiedIsRetainedWhenCopyingIsStopped() {
    start();
    away.stopDBInstanceAutomatedBackupsReplication(b -> b.sourceDBInstanceArn(arn));
    assertThat(copies()).extracting(DBInstanceAutomatedBackup::status).containsExactly("retained");
    refused(
        "DBInstanceAutomatedBackupNotFound",
        () -> away.stopDBInstanceAutomatedBackupsReplication(b -> b.sourceDBInstanceArn(arn)));
  }

  @Test
  void whatWasCopiedOutlivesItsSource() {
    start();
    home.deleteDBInstance(b -> b.dbInstanceIdentifier("shop").skipFinalSnapshot(true));
    home.describeDBInstances();
    assertThat(copies()).extracting(DBInstanceAutomatedBackup::status).containsExactly("retained");
  }

  @Test
  void anEncryptedInstanceNeedsAKeyOfTheOtherRegion() {
    home.describeDBInstances();
    refused(
        "InvalidParameterValue",
        () -> away.startDBInstanceAutomatedBackupsReplication(of(arn).kmsKeyId(null).build()));
    refused(
        "KMSKeyNotAccessibleFault",
        () ->
            away.startDBInstanceAutomatedBackupsReplication(
                of(arn).kmsKeyId(KEY.replace("us-west-2", "us-east-1")).build()));
  }

  @Test
  void theSourceIsAnInstanceOfAnotherRegionWithBackups() {
    home.describeDBInstances();
    refused(
        "DBInstanceNotFound",
        () -> away.startDBInstanceAutomatedBackupsReplication(of(arn + "x").build()));
    refused(
        "InvalidParameterValue",
        () -> home.startDBInstanceAutomatedBackupsReplication(of(arn).build()));
    String without = create("plain", 0);
    home.describeDBInstances();
    refused(
        "InvalidDBInstanceState",
        () -> away.startDBInstanceAutomatedBackupsReplication(of(without).build()));
  }

  @Test
  void aRegionTakesTheBackupsOfTwentyInstances() {
    for (int i = 0; i < 20; i++) {
      String source = create("shop-" + i, 7);
      home.describeDBInstances();
      away.startDBInstanceAutomatedBackupsReplication(of(source).build());
    }
    refused("DBInstanceAutomatedBackupQuotaExceeded", this::start);
  }

  @Test
  void pagesAreAsLongAsAskedFor() {
    refused(
        "InvalidParameterValue",
        () -> away.describeDBInstanceAutomatedBackups(b -> b.maxRecords(5)));
    refused(
        "DBInstanceAutomatedBackupNotFound",
        () -> away.describeDBInstanceAutomatedBackups(b -> b.dbInstanceIdentifier("none")));
  }
}
