package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;

/**
 * Source: the API reference of Amazon RDS (CreateDBInstanceReadReplica, DeleteDBInstance,
 * PromoteReadReplica, DBInstanceStatusInfo) and "Working with DB instance read replicas" in its
 * user guide.
 */
class ReadReplicasContractTest extends EmulatorTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final RdsClient rds = client(RdsClient.builder());

  @BeforeEach
  void makeASource() {
    source("shop", 7);
  }

  private void source(String name, int retention) {
    rds.createDBInstance(
        b ->
            b.dbInstanceIdentifier(name)
                .engine("postgres")
                .engineVersion("17")
                .dbInstanceClass("db.t4g.medium")
                .allocatedStorage(50)
                .multiAZ(true)
                .deletionProtection(true)
                .backupRetentionPeriod(retention)
                .masterUsername("shop")
                .masterUserPassword("correct-horse"));
    describe(name);
  }

  private DBInstance describe(String name) {
    return rds.describeDBInstances(b -> b.dbInstanceIdentifier(name)).dbInstances().getFirst();
  }

  private DBInstance copy(String name) {
    return rds.createDBInstanceReadReplica(
            b -> b.dbInstanceIdentifier(name).sourceDBInstanceIdentifier("shop"))
        .dbInstance();
  }

  @Test
  void aReplicaIsCreatedLikeAnyInstanceAndCopiesItsSource() {
    emulator().transitions().rds(LONG, LONG, LONG);
    DBInstance created = copy("shop-r1");
    assertThat(created.dbInstanceStatus()).isEqualTo("creating");
    assertThat(created.endpoint()).isNull();
    emulator().transitions().complete();

    DBInstance replica = describe("shop-r1");
    assertThat(replica.dbInstanceStatus()).isEqualTo("available");
    assertThat(replica.readReplicaSourceDBInstanceIdentifier()).isEqualTo("shop");
    assertThat(replica.endpoint().address()).startsWith("shop-r1.");
    assertThat(replica.statusInfos())
        .extracting(DBInstanceStatusInfo::status)
        .containsExactly("replicating");
    assertThat(describe("shop").readReplicaDBInstanceIdentifiers()).containsExactly("shop-r1");
  }

  @Test
  void aReplicaHasNeitherBackupsNorAStandbyNorProtectionOfItsSource() {
    copy("shop-r1");
    DBInstance replica = describe("shop-r1");
    assertThat(replica.backupRetentionPeriod()).isZero();
    assertThat(replica.multiAZ()).isFalse();
    assertThat(replica.deletionProtection()).isFalse();
    assertThat(replica.tagList()).isEmpty();
    assertThat(replica.dbInstanceClass()).isEqualTo("db.t4g.medium");
    assertThat(replica.dbiResourceId()).isNotEqualTo(describe("shop").dbiResourceId());
  }

  @Test
  void replicasAreInSeveralZones() {
    Set<String> zones = new HashSet<>();
    for (String name : List.of("shop-r1", "shop-r2")) {
      copy(name);
      zones.add(describe(name).availabilityZone());
    }
    assertThat(zones).hasSize(2);
  }

  @Test
  void createRefusesATakenNameAndASourceWithoutBackups() {
    copy("shop-r1");
    refused("DBInstanceAlreadyExists", () -> copy("shop-r1"));
    source("plain", 0);
    refused(
        "InvalidDBInstanceState",
        () ->
            rds.createDBInstanceReadReplica(
                b -> b.dbInstanceIdentifier("r").sourceDBInstanceIdentifier("plain")));
  }

  @Test
  void aReplicaHasNoFinalSnapshotAndItsSourceForgetsIt() {
    copy("shop-r1");
    describe("shop-r1");
    refused(
        "InvalidParameterCombination",
        () ->
            rds.deleteDBInstance(
                b -> b.dbInstanceIdentifier("shop-r1").finalDBSnapshotIdentifier("final")));
    rds.deleteDBInstance(b -> b.dbInstanceIdentifier("shop-r1").skipFinalSnapshot(true));
    assertThat(describe("shop").readReplicaDBInstanceIdentifiers()).isEmpty();
  }

  @Test
  void aPromotedReplicaIsAnInstanceOfItsOwn() {
    copy("shop-r1");
    describe("shop-r1");
    rds.promoteReadReplica(b -> b.dbInstanceIdentifier("shop-r1"));
    DBInstance promoted = describe("shop-r1");
    assertThat(promoted.readReplicaSourceDBInstanceIdentifier()).isNull();
    assertThat(promoted.statusInfos()).isEmpty();
    assertThat(describe("shop").readReplicaDBInstanceIdentifiers()).isEmpty();
  }

  /** "Considerations when deleting replicas": those in the same region become independent. */
  @Test
  void replicasThatADeletedSourceLeavesBehindArePromoted() {
    copy("shop-r1");
    describe("shop-r1");
    rds.modifyDBInstance(b -> b.dbInstanceIdentifier("shop").deletionProtection(false));
    rds.deleteDBInstance(b -> b.dbInstanceIdentifier("shop").skipFinalSnapshot(true));
    assertThat(describe("shop-r1").readReplicaSourceDBInstanceIdentifier()).isNull();
  }

  @Test
  void brokenReplicationShows() {
    copy("shop-r1");
    describe("shop-r1");
    emulator().forceReplication("shop-r1", "error", "could not connect");
    assertThat(describe("shop-r1").statusInfos())
        .singleElement()
        .satisfies(
            info -> {
              assertThat(info.normal()).isFalse();
              assertThat(info.status()).isEqualTo("error");
              assertThat(info.message()).isEqualTo("could not connect");
            });
  }
}
