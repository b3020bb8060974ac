package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.network.NetworkSeed;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RdsException;

/** Source: the API reference of Amazon RDS, each operation under the name of the call. */
class RdsContractTest extends EmulatorTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final RdsClient rds = client(RdsClient.builder());
  private Network network;

  @BeforeEach
  void makeNetworkAndSubnetGroup() {
    network = NetworkSeed.ensure(emulator().endpoint(), "us-east-1", "test");
    createGroup("private", network.privateSubnetIds().toArray(String[]::new));
  }

  private void createGroup(String name, String... subnetIds) {
    rds.createDBSubnetGroup(
        b -> b.dbSubnetGroupName(name).dbSubnetGroupDescription("d").subnetIds(subnetIds));
  }

  private DBInstance create(String name) {
    return create(name, b -> {});
  }

  private DBInstance create(String name, Consumer<CreateDbInstanceRequest.Builder> more) {
    CreateDbInstanceRequest.Builder request =
        CreateDbInstanceRequest.builder()
            .dbInstanceIdentifier(name)
            .dbInstanceClass("db.t4g.medium")
            .engine("postgres")
            .engineVersion("17")
            .allocatedStorage(50)
            .storageType("gp3")
            .multiAZ(true)
            .masterUsername("shop")
            .masterUserPassword("correct-horse")
            .dbSubnetGroupName("private")
            .vpcSecurityGroupIds(network.clusterSecurityGroupId());
    more.accept(request);
    return rds.createDBInstance(request.build()).dbInstance();
  }

  private DBInstance describe(String name) {
    return rds.describeDBInstances(b -> b.dbInstanceIdentifier(name)).dbInstances().getFirst();
  }

  private void modify(String name, Consumer<ModifyDbInstanceRequest.Builder> changes) {
    rds.modifyDBInstance(
        b -> {
          b.dbInstanceIdentifier(name);
          changes.accept(b);
        });
  }

  private void delete(String name, Consumer<DeleteDbInstanceRequest.Builder> how) {
    rds.deleteDBInstance(
        b -> {
          b.dbInstanceIdentifier(name);
          how.accept(b);
        });
  }

  @Test
  void aNewInstanceIsCreatingWithoutAnEndpointUntilItIsAvailable() {
    emulator().transitions().rds(LONG, LONG, LONG);

    DBInstance created = create("shop");
    assertThat(created.dbInstanceStatus()).isEqualTo("creating");
    assertThat(created.endpoint()).isNull();

    emulator().transitions().complete();
    assertThat(describe("shop").dbInstanceStatus()).isEqualTo("available");
    assertThat(describe("shop").endpoint().port()).isEqualTo(5432);
  }

  @Test
  void aStateEndsByItselfWhenItsTimeIsOver() {
    emulator().transitions().rds(Duration.ofMillis(100), LONG, LONG);
    create("shop");
    await().until(() -> describe("shop").dbInstanceStatus().equals("available"));
  }

  @Test
  void aMajorVersionAloneBecomesItsDefaultMinor() {
    create("shop");
    assertThat(describe("shop").engineVersion()).startsWith("17.");
  }

  @Test
  void everyInstanceHasAResourceIdOfItsOwn() {
    create("one");
    create("two");
    assertThat(describe("one").dbiResourceId()).isNotEqualTo(describe("two").dbiResourceId());
    assertThat(describe("one").dbiResourceId()).matches("db-[A-Z0-9]{26}");
  }

  @Test
  void onlyAMultiAzInstanceHasASecondZoneAndItIsAnotherOne() {
    create("multi");
    create("single", b -> b.multiAZ(false));
    DBInstance multi = describe("multi");
    assertThat(multi.secondaryAvailabilityZone()).isNotNull();
    assertThat(multi.secondaryAvailabilityZone()).isNotEqualTo(multi.availabilityZone());
    assertThat(describe("single").secondaryAvailabilityZone()).isNull();
  }

  @Test
  void createDbInstanceRefusesWhatRdsDoesNotOffer() {
    refused("InvalidParameterCombination", () -> create("a", b -> b.engineVersion("99")));
    refused("InvalidParameterCombination", () -> create("a", b -> b.engineVersion("new")));
    refused("InvalidParameterValue", () -> create("a", b -> b.dbInstanceClass("t4g.medium")));
    refused("InvalidParameterValue", () -> create("a", b -> b.backupRetentionPeriod(36)));
    refused("InvalidParameterValue", () -> create("a", b -> b.allocatedStorage(5)));
    refused("InvalidParameterValue", () -> create("a", b -> b.masterUserPassword("short")));
    refused("InvalidParameterValue", () -> create("a", b -> b.masterUserPassword("with/slash")));
    refused("InvalidParameterValue", () -> create("a", b -> b.masterUsername("admin")));
    refused("InvalidParameterValue", () -> create("a", b -> b.dbName("with-hyphen")));
    refused("InvalidParameterValue", () -> create("a", b -> b.vpcSecurityGroupIds("sg-0")));
    refused("DBSubnetGroupNotFoundFault", () -> create("a", b -> b.dbSubnetGroupName("none")));
    refused(
        "InvalidParameterCombination", () -> create("a", b -> b.availabilityZone("us-east-1a")));
    assertThat(rds.describeDBInstances().dbInstances()).isEmpty();
  }

  @Test
  void aSecondCreateOfANameIsRefusedEvenWhileTheFirstIsBeingDeleted() {
    create("shop");
    refused("DBInstanceAlreadyExists", () -> create("shop"));
    describe("shop");
    emulator().transitions().rds(Duration.ZERO, Duration.ZERO, LONG);
    delete("shop", b -> b.skipFinalSnapshot(true));
    refused("DBInstanceAlreadyExists", () -> create("shop"));
  }

  @Test
  void ofManyCreatesOfOneNameExactlyOneSucceeds() {
    var outcomes =
        IntStream.range(0, 32)
            .parallel()
            .mapToObj(
                i -> {
                  try {
                    create("shop");
                    return "created";
                  } catch (RdsException e) {
                    return e.awsErrorDetails().errorCode();
                  }
                })
            .collect(Collectors.groupingBy(o -> o, Collectors.counting()));
    assertThat(outcomes).containsOnlyKeys("created", "DBInstanceAlreadyExists");
    assertThat(outcomes).containsEntry("created", 1L);
  }

  @Test
  void whileCreatingAnInstanceCanNeitherBeModifiedNorDeleted() {
    emulator().transitions().rds(LONG, Duration.ZERO, Duration.ZERO);
    create("shop");
    refused("InvalidDBInstanceState", () -> modify("shop", b -> b.backupRetentionPeriod(3)));
    refused("InvalidDBInstanceState", () -> delete("shop", b -> b.skipFinalSnapshot(true)));
  }

  @Test
  void modificationsWaitForTheMaintenanceWindowUnlessTheyApplyImmediately() {
    create("shop");
    modify("shop", b -> b.dbInstanceClass("db.r7g.large").allocatedStorage(80));

    DBInstance waiting = describe("shop");
    assertThat(waiting.dbInstanceClass()).isEqualTo("db.t4g.medium");
    assertThat(waiting.pendingModifiedValues().dbInstanceClass()).isEqualTo("db.r7g.large");
    assertThat(waiting.pendingModifiedValues().allocatedStorage()).isEqualTo(80);
    assertThat(waiting.dbInstanceStatus()).isEqualTo("available");

    assertThat(emulator().applyPendingMaintenance("shop"))
        .containsExactly("AllocatedStorage", "DBInstanceClass");
    DBInstance applied = describe("shop");
    assertThat(applied.dbInstanceClass()).isEqualTo("db.r7g.large");
    assertThat(applied.allocatedStorage()).isEqualTo(80);
    assertThat(applied.pendingModifiedValues().dbInstanceClass()).isNull();
  }

  @Test
  void askingForThePresentValueTakesAWaitingModificationBack() {
    create("shop");
    modify("shop", b -> b.dbInstanceClass("db.r7g.large"));
    modify("shop", b -> b.dbInstanceClass("db.t4g.medium"));
    assertThat(describe("shop").pendingModifiedValues().dbInstanceClass()).isNull();
  }

  @Test
  void anImmediateModificationPassesThroughModifying() {
    create("shop");
    describe("shop");
    emulator().transitions().rds(Duration.ZERO, LONG, Duration.ZERO);

    modify("shop", b -> b.dbInstanceClass("db.r7g.large").applyImmediately(true));

    assertThat(describe("shop").dbInstanceStatus()).isEqualTo("modifying");
    assertThat(describe("shop").dbInstanceClass()).isEqualTo("db.t4g.medium");
    refused("InvalidDBInstanceState", () -> modify("shop", b -> b.multiAZ(false)));
    emulator().transitions().complete();
    assertThat(describe("shop").dbInstanceClass()).isEqualTo("db.r7g.large");
  }

  @Test
  void settingsThatNeedNoDowntimeApplyAtOnceWhateverTheCallSays() {
    create("shop");
    modify("shop", b -> b.backupRetentionPeriod(20).deletionProtection(true));
    assertThat(describe("shop").backupRetentionPeriod()).isEqualTo(20);
    assertThat(describe("shop").deletionProtection()).isTrue();
  }

  @Test
  void enhancedMonitoringNeedsARoleAndOneOfItsIntervals() {
    create("shop");
    refused("InvalidParameterCombination", () -> modify("shop", b -> b.monitoringInterval(60)));
    refused(
        "InvalidParameterValue",
        () -> modify("shop", b -> b.monitoringInterval(20).monitoringRoleArn("arn:aws:iam::1:r")));
    modify("shop", b -> b.monitoringInterval(60).monitoringRoleArn("arn:aws:iam::1:role/r"));
    assertThat(describe("shop").monitoringInterval()).isEqualTo(60);
    modify("shop", b -> b.monitoringInterval(0));
    assertThat(describe("shop").monitoringInterval()).isZero();
  }

  @Test
  void storageNeverShrinksAndGrowsByATenthAtLeast() {
    create("shop");
    refused("InvalidParameterCombination", () -> modify("shop", b -> b.allocatedStorage(40)));
    modify("shop", b -> b.allocatedStorage(51).applyImmediately(true));
    emulator().transitions().complete();
    assertThat(describe("shop").allocatedStorage()).isEqualTo(55);
  }

  @Test
  void versionsNeverGoBackAndAMajorUpgradeMustBeAllowed() {
    create("shop", b -> b.engineVersion("16"));
    refused("InvalidParameterCombination", () -> modify("shop", b -> b.engineVersion("15")));
    refused("InvalidParameterCombination", () -> modify("shop", b -> b.engineVersion("17")));
    modify("shop", b -> b.engineVersion("17").allowMajorVersionUpgrade(true));
    assertThat(describe("shop").pendingModifiedValues().engineVersion()).startsWith("17.");
  }

  @Test
  void deleteNeedsAFinalSnapshotOrTheWordToSkipIt() {
    create("shop");
    describe("shop");
    refused("InvalidParameterCombination", () -> delete("shop", b -> {}));
    refused(
        "InvalidParameterCombination",
        () -> delete("shop", b -> b.skipFinalSnapshot(true).finalDBSnapshotIdentifier("final")));
    assertThat(describe("shop").dbInstanceStatus()).isEqualTo("available");
  }

  @Test
  void aProtectedInstanceIsNotDeleted() {
    create("shop", b -> b.deletionProtection(true));
    describe("shop");
    refused("InvalidParameterCombination", () -> delete("shop", b -> b.skipFinalSnapshot(true)));
  }

  @Test
  void aDeletedInstanceIsListedAsDeletingUntilItsFinalSnapshotIsComplete() {
    create("shop");
    describe("shop");
    emulator().transitions().rds(LONG, LONG, LONG);

    delete("shop", b -> b.finalDBSnapshotIdentifier("final"));

    assertThat(describe("shop").dbInstanceStatus()).isEqualTo("deleting");
    assertThat(snapshotStatus("final")).isEqualTo("creating");
    refused("InvalidDBInstanceState", () -> delete("shop", b -> b.skipFinalSnapshot(true)));
    emulator().transitions().complete();
    assertThat(rds.describeDBInstances().dbInstances()).isEmpty();
    refused("DBInstanceNotFound", () -> describe("shop"));
    assertThat(snapshotStatus("final")).isEqualTo("available");
  }

  private String snapshotStatus(String id) {
    return rds.describeDBSnapshots(b -> b.dbSnapshotIdentifier(id))
        .dbSnapshots()
        .getFirst()
        .status();
  }

  @Test
  void describeDbInstancesPagesAndSurvivesADeleteBetweenTwoPages() {
    IntStream.range(10, 35).forEach(i -> create("db-" + i));
    var first = rds.describeDBInstances(b -> b.maxRecords(20));
    assertThat(first.dbInstances()).hasSize(20);

    delete("db-29", b -> b.skipFinalSnapshot(true));

    var second = rds.describeDBInstances(b -> b.maxRecords(20).marker(first.marker()));
    assertThat(second.dbInstances())
        .extracting(DBInstance::dbInstanceIdentifier)
        .containsExactly("db-30", "db-31", "db-32", "db-33", "db-34");
    assertThat(second.marker()).isNull();
    refused("InvalidParameterValue", () -> rds.describeDBInstances(b -> b.maxRecords(5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"private", "PRIVATE"})
  void createDbSubnetGroupRefusesANameThatIsTaken(String name) {
    refused(
        "DBSubnetGroupAlreadyExists",
        () -> createGroup(name, network.privateSubnetIds().toArray(String[]::new)));
  }

  @Test
  void createDbSubnetGroupRefusesSubnetsOfOneZoneAndUnknownOnes() {
    refused(
        "DBSubnetGroupDoesNotCoverEnoughAZs",
        () -> createGroup("one", network.privateSubnetIds().getFirst()));
    refused("InvalidSubnet", () -> createGroup("none", "subnet-0", "subnet-1"));
  }

  @Test
  void aSubnetGroupInUseIsNotDeletedAndAModifiedOneIsStillThere() {
    create("shop");
    refused(
        "InvalidDBSubnetGroupStateFault",
        () -> rds.deleteDBSubnetGroup(b -> b.dbSubnetGroupName("private")));
    rds.modifyDBSubnetGroup(
        b -> b.dbSubnetGroupName("private").subnetIds(network.publicSubnetIds()));
    assertThat(rds.describeDBSubnetGroups().dbSubnetGroups())
        .singleElement()
        .satisfies(group -> assertThat(group.subnets()).hasSize(3));
  }

  @Test
  void aFailureOfTheServiceItselfCanBePutOn() {
    create("shop");
    describe("shop");
    emulator().forceDatabaseStatus("shop", "storage-full");
    assertThat(describe("shop").dbInstanceStatus()).isEqualTo("storage-full");
  }

  @Test
  void aNewInstanceCanBeHiddenFromListingsForAWhile() {
    emulator().faults().on("rds", "CreateDBInstance").hide(LONG);
    create("shop");
    assertThat(rds.describeDBInstances().dbInstances()).isEmpty();
    assertThat(describe("shop").dbInstanceIdentifier()).isEqualTo("shop");
  }

  /** Source: RestoreDBInstanceToPointInTime, RestoreDBInstanceFromDBSnapshot. */
  @Test
  void aRestoredInstanceHasOneZoneAndNoProtectionUnlessAskedFor() {
    create("orders", b -> b.multiAZ(true).deletionProtection(true));
    rds.describeDBInstances();
    rds.createDBSnapshot(b -> b.dbInstanceIdentifier("orders").dbSnapshotIdentifier("saved"));
    DBInstance past =
        rds.restoreDBInstanceToPointInTime(
                b ->
                    b.sourceDBInstanceIdentifier("orders")
                        .targetDBInstanceIdentifier("orders-past")
                        .useLatestRestorableTime(true)
                        .multiAZ(false))
            .dbInstance();
    DBInstance saved =
        rds.restoreDBInstanceFromDBSnapshot(
                b -> b.dbSnapshotIdentifier("saved").dbInstanceIdentifier("orders-saved"))
            .dbInstance();
    DBInstance protectedOne =
        rds.restoreDBInstanceFromDBSnapshot(
                b ->
                    b.dbSnapshotIdentifier("saved")
                        .dbInstanceIdentifier("orders-again")
                        .multiAZ(true)
                        .deletionProtection(true))
            .dbInstance();
    assertThat(List.of(past, saved))
        .allSatisfy(
            it -> {
              assertThat(it.multiAZ()).isFalse();
              assertThat(it.deletionProtection()).isFalse();
              assertThat(it.dbInstanceStatus()).isEqualTo("creating");
            });
    assertThat(protectedOne.multiAZ()).isTrue();
    assertThat(protectedOne.deletionProtection()).isTrue();
  }
}
