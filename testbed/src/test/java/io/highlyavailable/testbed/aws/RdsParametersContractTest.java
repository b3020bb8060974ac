package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroup;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.Parameter;

/**
 * Source: the API reference of Amazon RDS (CreateDBParameterGroup, ModifyDBParameterGroup,
 * DeleteDBParameterGroup, DescribeDBParameters, ModifyDBInstance, RebootDBInstance,
 * DBParameterGroupStatus, DescribeDBEngineVersions) and "DB parameter groups for Amazon RDS DB
 * instances" in its user guide.
 */
class RdsParametersContractTest extends EmulatorTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final RdsClient rds = client(RdsClient.builder());

  private void group(String name, String family) {
    rds.createDBParameterGroup(
        b -> b.dbParameterGroupName(name).dbParameterGroupFamily(family).description("d"));
  }

  private void instance(String name, Consumer<CreateDbInstanceRequest.Builder> more) {
    CreateDbInstanceRequest.Builder request =
        CreateDbInstanceRequest.builder()
            .dbInstanceIdentifier(name)
            .dbInstanceClass("db.t4g.medium")
            .engine("postgres")
            .engineVersion("16")
            .allocatedStorage(50)
            .masterUsername("shop")
            .masterUserPassword("correct-horse");
    more.accept(request);
    rds.createDBInstance(request.build());
    describe(name);
  }

  private DBInstance describe(String name) {
    return rds.describeDBInstances(b -> b.dbInstanceIdentifier(name)).dbInstances().getFirst();
  }

  private String status(String name) {
    DBParameterGroupStatus group = describe(name).dbParameterGroups().getFirst();
    return group.dbParameterGroupName() + " " + group.parameterApplyStatus();
  }

  private void modify(String name, Consumer<ModifyDbInstanceRequest.Builder> changes) {
    rds.modifyDBInstance(
        b -> {
          b.dbInstanceIdentifier(name);
          changes.accept(b);
        });
  }

  private void set(String group, String parameter, String value, String method) {
    Parameter given =
        Parameter.builder()
            .parameterName(parameter)
            .parameterValue(value)
            .applyMethod(method)
            .build();
    rds.modifyDBParameterGroup(b -> b.dbParameterGroupName(group).parameters(given));
  }

  @Test
  void anInstanceCreatedWithAGroupIsInSyncWithIt() {
    group("mine-16", "postgres16");
    instance("shop", b -> b.dbParameterGroupName("mine-16"));
    assertThat(status("shop")).isEqualTo("mine-16 in-sync");
    instance("plain", b -> {});
    assertThat(status("plain")).isEqualTo("default.postgres16 in-sync");
  }

  @Test
  void anotherGroupIsAssociatedAtOnceAndTakesEffectWithAReboot() {
    group("mine-16", "postgres16");
    instance("shop", b -> {});
    emulator().transitions().rds(LONG, LONG, LONG);

    modify("shop", b -> b.dbParameterGroupName("mine-16"));
    assertThat(status("shop")).isEqualTo("mine-16 applying");
    assertThat(describe("shop").dbInstanceStatus()).isEqualTo("available");
    emulator().transitions().complete();
    assertThat(status("shop")).isEqualTo("mine-16 pending-reboot");

    assertThat(emulator().applyPendingMaintenance("shop")).isEmpty();
    assertThat(status("shop")).as("a window reboots nothing").isEqualTo("mine-16 pending-reboot");

    rds.rebootDBInstance(b -> b.dbInstanceIdentifier("shop"));
    assertThat(describe("shop").dbInstanceStatus()).isEqualTo("rebooting");
    refused(
        "InvalidDBInstanceState", () -> rds.rebootDBInstance(b -> b.dbInstanceIdentifier("shop")));
    emulator().transitions().complete();
    assertThat(describe("shop").dbInstanceStatus()).isEqualTo("available");
    assertThat(status("shop")).isEqualTo("mine-16 in-sync");
  }

  @Test
  void aGroupIsOfTheInstancesFamily() {
    group("mine-17", "postgres17");
    instance("shop", b -> {});
    refused(
        "InvalidParameterCombination",
        () -> modify("shop", b -> b.dbParameterGroupName("mine-17")));
    refused(
        "InvalidParameterCombination",
        () -> instance("other", b -> b.dbParameterGroupName("mine-17")));
    refused("DBParameterGroupNotFound", () -> modify("shop", b -> b.dbParameterGroupName("none")));
  }

  @Test
  void aMajorUpgradeOfAnInstanceWithAGroupOfItsOwnNamesOneOfTheNewFamily() {
    group("mine-16", "postgres16");
    group("mine-17", "postgres17");
    instance("shop", b -> b.dbParameterGroupName("mine-16"));
    refused(
        "InvalidParameterCombination",
        () ->
            modify(
                "shop",
                b -> b.engineVersion("17").allowMajorVersionUpgrade(true).applyImmediately(true)));

    modify(
        "shop",
        b ->
            b.engineVersion("17")
                .allowMajorVersionUpgrade(true)
                .dbParameterGroupName("mine-17")
                .applyImmediately(true));
    emulator().transitions().complete();
    assertThat(describe("shop").engineVersion()).startsWith("17.");
    assertThat(status("shop")).isEqualTo("mine-17 in-sync");
  }

  @Test
  void aGroupInUseIsNotDeleted() {
    group("mine-16", "postgres16");
    instance("shop", b -> b.dbParameterGroupName("mine-16"));
    refused(
        "InvalidDBParameterGroupState",
        () -> rds.deleteDBParameterGroup(b -> b.dbParameterGroupName("mine-16")));
    modify("shop", b -> b.dbParameterGroupName("default.postgres16"));
    rds.deleteDBParameterGroup(b -> b.dbParameterGroupName("mine-16"));
    refused(
        "DBParameterGroupNotFound",
        () -> rds.describeDBParameters(b -> b.dbParameterGroupName("mine-16")));
  }

  @Test
  void staticParametersWaitForARebootAndDynamicOnesNeedNot() {
    group("mine-16", "postgres16");
    instance("shop", b -> b.dbParameterGroupName("mine-16"));
    refused("InvalidParameterCombination", () -> set("mine-16", "rds.force_ssl", "1", "immediate"));
    set("mine-16", "rds.force_ssl", "1", "pending-reboot");
    assertThat(status("shop")).isEqualTo("mine-16 pending-reboot");

    group("mine-84", "mysql8.4");
    instance("menu", b -> b.engine("mysql").engineVersion("8.4").dbParameterGroupName("mine-84"));
    set("mine-84", "require_secure_transport", "ON", "immediate");
    assertThat(status("menu")).isEqualTo("mine-84 in-sync");
  }

  @Test
  void whatSomebodySetIsToldFromTheDefaults() {
    group("old", "postgres14");
    group("new", "postgres17");
    assertThat(parameters("old", null)).containsExactly("rds.force_ssl=0");
    assertThat(parameters("new", null)).containsExactly("rds.force_ssl=1");
    assertThat(parameters("old", "user")).isEmpty();
    set("old", "rds.force_ssl", "1", "pending-reboot");
    assertThat(parameters("old", "user")).containsExactly("rds.force_ssl=1");
  }

  private List<String> parameters(String group, String source) {
    return rds
        .describeDBParameters(b -> b.dbParameterGroupName(group).source(source))
        .parameters()
        .stream()
        .map(parameter -> parameter.parameterName() + "=" + parameter.parameterValue())
        .toList();
  }

  @Test
  void groupsAreListedInPagesAndNamesAreTaken() {
    IntStream.range(10, 35).forEach(i -> group("g-" + i, "mariadb11.4"));
    var first = rds.describeDBParameterGroups(b -> b.maxRecords(20));
    assertThat(first.dbParameterGroups()).hasSize(20);
    assertThat(
            rds.describeDBParameterGroups(b -> b.maxRecords(20).marker(first.marker()))
                .dbParameterGroups())
        .extracting(DBParameterGroup::dbParameterGroupName)
        .containsExactly("g-30", "g-31", "g-32", "g-33", "g-34");
    refused("DBParameterGroupAlreadyExists", () -> group("g-10", "mariadb11.4"));
    refused("InvalidParameterValue", () -> group("mysql8.4", "mysql8.4"));
    refused("InvalidParameterValue", () -> group("g", "postgres99"));
  }

  @Test
  void theDefaultVersionOfAnEngineIsOne() {
    var found =
        rds.describeDBEngineVersions(b -> b.engine("postgres").defaultOnly(true))
            .dbEngineVersions();
    assertThat(found).hasSize(1);
    instance("shop", b -> b.engineVersion(null));
    assertThat(describe("shop").engineVersion()).isEqualTo(found.getFirst().engineVersion());
    assertThat(found.getFirst().dbParameterGroupFamily()).isEqualTo("postgres17");
  }
}
