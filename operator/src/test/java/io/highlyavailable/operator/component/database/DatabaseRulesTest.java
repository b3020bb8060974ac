package io.highlyavailable.operator.component.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.EngineVersion;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.database.Database.Parameters;
import io.highlyavailable.operator.component.database.Database.Settings;
import io.highlyavailable.operator.component.engineversion.DefaultVersion;
import io.highlyavailable.operator.component.parametergroup.ParameterGroups;
import io.highlyavailable.operator.component.role.MonitoringRole;
import io.highlyavailable.operator.component.role.Role;
import io.highlyavailable.operator.component.securitygroup.SecurityGroup;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroup;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseRulesTest {
  private static final String PASSWORD = "pässword+0123456789";

  private final DatabaseRules rules = new DatabaseRules();
  private final App app = SampleApp.named("shop").build();
  private final DatabaseDesired want = known(app, PASSWORD);

  static final ComponentName PARAMETER_GROUP = new ComponentName("database-parameter-group");

  /** Parameter groups of these families. */
  static ParameterGroups groups(String... families) {
    SortedMap<String, ParameterGroups.Existing> groups = new TreeMap<>();
    for (String family : families) {
      groups.put("g-" + family, new ParameterGroups.Existing("arn", family, "1", Map.of()));
    }
    return new ParameterGroups("g", groups, Map.of());
  }

  private static KnownUpstream upstream() {
    return new KnownUpstream()
        .ready(PARAMETER_GROUP, groups("postgres16", "postgres17"))
        .ready(new DefaultVersion("postgres", "17.6"))
        .ready(new SubnetGroup("subnets", "arn", "Complete", "vpc", new TreeSet<>(), Map.of()))
        .ready(new SecurityGroup("vpc/g", "arn", "sg-db", new TreeSet<>(), Map.of()));
  }

  private DatabaseDesired known(App wanted, String password) {
    var desired =
        new DatabaseRules()
            .desired(wanted, upstream().secret(DatabaseRules.MASTER_SECRET, password));
    return ((Desired.Known<DatabaseDesired>) desired).state();
  }

  private Database database(Settings settings) {
    return database("available", "17.2", settings);
  }

  private Database database(String state, String version, Settings settings) {
    String group = "g-postgres" + version.split("\\.")[0];
    return database(state, version, settings, new Parameters(group, "in-sync"));
  }

  private Database database(
      String state, String version, Settings settings, Parameters parameters) {
    return new Database(
        want.name(),
        "arn:aws:rds:us-east-1:1:db:" + want.name(),
        state,
        "db-1/2026",
        "postgres",
        version,
        settings,
        true,
        new Database.Endpoint("db.example.com", 5432),
        "app_shop",
        "haadmin",
        parameters,
        false,
        null,
        Map.of(DatabaseDifferences.CREDENTIAL_TAG, want.credential()));
  }

  private Settings with(
      String instanceClass, int storage, @Nullable Integer ceiling, boolean protection) {
    Settings s = want.settings();
    return new Settings(
        instanceClass,
        storage,
        ceiling,
        s.storageType(),
        s.multiAz(),
        s.publiclyAccessible(),
        s.backupRetentionDays(),
        s.backupWindow(),
        s.maintenanceWindow(),
        s.copyTagsToSnapshot(),
        protection,
        s.autoMinorVersionUpgrade(),
        s.subnetGroup(),
        s.securityGroupIds());
  }

  private List<Difference> differences(Database actual) {
    return rules.differences(want, actual);
  }

  @Test
  void isPrivateEncryptedBackedUpAndProtected() {
    Settings s = want.settings();
    assertThat(s.publiclyAccessible()).isFalse();
    assertThat(s.copyTagsToSnapshot()).isTrue();
    assertThat(s.deletionProtection()).isTrue();
    assertThat(s.backupRetentionDays()).isEqualTo(14);
    assertThat(s.storageType()).isEqualTo("gp3");
    assertThat(s.securityGroupIds()).containsExactly("sg-db");
    assertThat(s.subnetGroup()).isEqualTo("subnets");
  }

  @Test
  void waitsForItsPasswordToBeWrittenDown() {
    assertThat(rules.desired(app, upstream()).toString()).contains("master password");
    assertThat(rules.desired(app, new KnownUpstream())).isInstanceOf(Desired.Waiting.class);
  }

  @Test
  void neverPrintsItsPassword() {
    assertThat(want.toString()).doesNotContain(PASSWORD);
    assertThat(differences(database(want.settings()).withTags(Map.of())).toString())
        .doesNotContain(PASSWORD);
  }

  @Test
  void hasNoDifferenceWhenAllIsAsWanted() {
    assertThat(differences(database(want.settings()))).isEmpty();
  }

  @Test
  void storageThatAutoscalingHasGrownIsNoDrift() {
    assertThat(differences(database(with("db.t4g.medium", 80, 100, true)))).isEmpty();
    assertThat(differences(database(with("db.t4g.medium", 100, null, true)))).isEmpty();
  }

  @Test
  void tooLittleStorageIsGrownInPlace() {
    assertThat(differences(database(with("db.t4g.medium", 20, 100, true))))
        .containsExactly(new Difference("storageGiB", "50", "20", Impact.IN_PLACE));
  }

  @Test
  void anotherInstanceClassInterrupts() {
    assertThat(differences(database(with("db.r6g.large", 50, 100, true))))
        .containsExactly(
            new Difference("instanceClass", "db.t4g.medium", "db.r6g.large", Impact.DISRUPTIVE));
  }

  @Test
  void protectionTakenAwayIsPutBack() {
    assertThat(differences(database(with("db.t4g.medium", 50, 100, false))))
        .extracting(Difference::field)
        .containsExactly("deletionProtection");
  }

  @Test
  void aLostPasswordIsNoticedByItsFingerprint() {
    DatabaseDesired other = known(app, "another one");
    assertThat(rules.differences(other, database(want.settings())))
        .extracting(Difference::field)
        .containsExactly("masterPassword");
  }

  @ParameterizedTest
  @CsvSource({
    "17, 17.2, false",
    "17.2, 17.2, false",
    "17.2, 17.10, false",
    "17.10, 17.2, true",
    "18, 17.2, true",
    "16, 17.2, false",
    "10.11.6, 10.11.4, true",
    "10.11, 10.11.4, false",
    "8.0.35, 8.0.40, false",
    "17.2, 17, true",
  })
  void upgradesOnlyWhatIsOlder(String wanted, String actual, boolean older) {
    assertThat(EngineVersion.olderThan(actual, wanted)).isEqualTo(older);
  }

  @Test
  void aMajorUpgradeCannotBeUndone() {
    assertThat(differences(database("available", "16.4", want.settings())))
        .containsExactly(new Difference("version", "17", "16.4", Impact.IRREVERSIBLE));
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, 16.4, 17, true",
    "postgres, 17.2, 17.4, false",
    "mysql, 8.0.40, 8.4, true",
    "mysql, 8.0.35, 8.0.40, false",
    "mariadb, 10.11.4, 11.4, true",
    "mariadb, 10.11.4, 10.11.9, false",
  })
  void knowsMajorUpgradesOfEachEngine(String engine, String actual, String wanted, boolean major) {
    assertThat(EngineVersion.majorDiffers(engine, actual, wanted)).isEqualTo(major);
  }

  @Test
  void anInstanceThatUsesAnotherGroupIsGivenItsOwnWithoutAnInterruption() {
    assertThat(differences(using("default.postgres17", "in-sync")))
        .containsExactly(
            new Difference(
                "parameterGroup", "g-postgres17", "default.postgres17", Impact.IN_PLACE));
  }

  @Test
  void parametersThatWaitForARebootInterrupt() {
    assertThat(differences(using("g-postgres17", "pending-reboot")))
        .containsExactly(
            new Difference("parameters", "in-sync", "pending-reboot", Impact.DISRUPTIVE));
    assertThat(differences(using("g-postgres17", "applying"))).isEmpty();
    assertThat(using("g-postgres17", "applying").inTransition()).isTrue();
  }

  @Test
  void aMajorUpgradeTakesTheNewFamilysGroupAlongInTheSameCall() {
    Database old = database("available", "16.4", want.settings());
    assertThat(DatabaseModification.of(old, want, differences(old)).request())
        .satisfies(
            request -> {
              assertThat(request.engineVersion()).isEqualTo("17");
              assertThat(request.dbParameterGroupName()).isEqualTo("g-postgres17");
            });
  }

  @Test
  void aMajorUpgradeWaitsForItsGroup() {
    var desired =
        rules.desired(
            app,
            upstream()
                .ready(PARAMETER_GROUP, groups("postgres16"))
                .secret(DatabaseRules.MASTER_SECRET, PASSWORD));
    assertThat(
            rules.differences(
                ((Desired.Known<DatabaseDesired>) desired).state(),
                database("available", "16.4", want.settings())))
        .isEmpty();
  }

  @Test
  void aRestartAloneIsNoModification() {
    Database waiting = using("g-postgres17", "pending-reboot");
    assertThat(DatabaseModification.of(waiting, want, differences(waiting)).onlyRestarts())
        .isTrue();
  }

  @Test
  void isCreatedWithTheVersionItsGroupIsFor() {
    DatabaseDesired any = known(SampleApp.named("shop").engine("postgres", null).build(), PASSWORD);
    assertThat(any.version()).isNull();
    assertThat(any.newVersion()).isEqualTo("17.6");
    assertThat(any.parameterGroup(any.newVersion())).contains("g-postgres17");
  }

  @Test
  void waitsForItsGroupOnlyWhileItIsNotThere() {
    KnownUpstream without =
        new KnownUpstream()
            .ready(new SubnetGroup("subnets", "arn", "Complete", "vpc", new TreeSet<>(), Map.of()))
            .ready(new SecurityGroup("vpc/g", "arn", "sg-db", new TreeSet<>(), Map.of()))
            .secret(DatabaseRules.MASTER_SECRET, PASSWORD);
    assertThat(rules.desired(app, without)).isInstanceOf(Desired.Waiting.class);
    without.observed(
        DatabaseRules.NAME, new Observation.Present<>(using("default.postgres17", "in-sync")));
    assertThat(rules.desired(app, without))
        .isInstanceOfSatisfying(
            Desired.Known.class,
            known ->
                assertThat(
                        rules.differences(
                            (DatabaseDesired) known.state(),
                            using("default.postgres17", "in-sync")))
                    .isEmpty());
  }

  @Test
  void isMonitoredWhenItsRoleIsThereAndDoesNotWaitForIt() {
    App monitored =
        SampleApp.named("shop")
            .database(
                new DatabaseSettings(
                    "postgres",
                    "17",
                    "db.t4g.medium",
                    50,
                    100,
                    true,
                    14,
                    "01:00-02:00",
                    null,
                    null,
                    DeletionPolicy.SNAPSHOT,
                    0,
                    60))
            .build();
    Database plain = database(want.settings());
    assertThat(rules.differences(known(monitored, PASSWORD), plain)).isEmpty();

    Role role = new Role("r", "arn:role", "", "", "", Map.of());
    var desired =
        rules.desired(
            monitored,
            upstream()
                .ready(new MonitoringRole(role))
                .secret(DatabaseRules.MASTER_SECRET, PASSWORD));
    DatabaseDesired with = ((Desired.Known<DatabaseDesired>) desired).state();
    List<Difference> found = rules.differences(with, plain);
    assertThat(found)
        .containsExactly(
            new Difference(
                "monitoringIntervalSeconds", "every 60 s with arn:role", "none", Impact.IN_PLACE));
    assertThat(DatabaseModification.of(plain, with, found).request())
        .satisfies(
            request -> {
              assertThat(request.monitoringInterval()).isEqualTo(60);
              assertThat(request.monitoringRoleArn()).isEqualTo("arn:role");
            });
    assertThat(rules.differences(want, database(with.settings())))
        .extracting(Difference::desired)
        .containsExactly("none");
  }

  private Database using(String group, String status) {
    return database("available", "17.2", want.settings(), new Parameters(group, status));
  }

  @Test
  void anyVersionDoesWhenNoneIsWanted() {
    DatabaseDesired any = known(SampleApp.named("shop").engine("postgres", null).build(), PASSWORD);
    assertThat(rules.differences(any, database("available", "13.1", want.settings())))
        .extracting(Difference::field)
        .doesNotContain("version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"available", "backing-up", "storage-optimization"})
  void servesInThese(String state) {
    assertThat(rules.readiness(want, database(state, "17.2", want.settings())))
        .isEqualTo(new Readiness.Ready());
  }

  @ParameterizedTest
  @ValueSource(strings = {"creating", "modifying", "rebooting", "upgrading", "deleting", "new-one"})
  void isOnItsWayInThese(String state) {
    Database row = database(state, "17.2", want.settings());
    assertThat(rules.readiness(want, row)).isInstanceOf(Readiness.Progressing.class);
    assertThat(row.inTransition()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "storage-full",
        "failed",
        "inaccessible-encryption-credentials",
        "inaccessible-encryption-credentials-recoverable",
        "incompatible-create",
        "incompatible-network",
        "incompatible-option-group",
        "incompatible-parameters",
        "incompatible-restore",
        "insufficient-capacity",
        "restore-error",
        "stopped"
      })
  void needsHelpInThese(String state) {
    Database row = database(state, "17.2", want.settings());
    assertThat(rules.readiness(want, row))
        .isInstanceOfSatisfying(
            Readiness.Failed.class, failed -> assertThat(failed.nextStep()).isNotEmpty());
    assertThat(row.inTransition()).isFalse();
  }

  @Test
  void finalSnapshotsOfTwoIncarnationsDoNotShareAName() {
    Database first = database(want.settings());
    Disposal disposal = rules.disposal(DeletionPolicy.SNAPSHOT, app, first);
    assertThat(disposal).isEqualTo(rules.disposal(DeletionPolicy.SNAPSHOT, app, first));
    assertThat(disposal)
        .isInstanceOfSatisfying(
            Disposal.SnapshotThenDelete.class,
            kept -> assertThat(kept.snapshotName()).startsWith(want.name() + "-final-"));
  }

  @Test
  void keepsItsDataByDefaultWhenTheBlockIsGone() {
    App gone = SampleApp.named("shop").database(null).build();
    assertThat(rules.deletionPolicy(gone)).isEqualTo(DeletionPolicy.SNAPSHOT);
  }

  @Test
  void bindsWithAnEncodedUri() {
    Binding binding =
        rules
            .binding(app, database(want.settings()), upstream().user("app_a", PASSWORD))
            .orElseThrow();
    assertThat(binding.type()).isEqualTo("postgresql");
    assertThat(binding.data())
        .containsOnlyKeys(
            "host", "port", "database", "username", "password", "uri", "reader-host", "reader-uri");
    assertThat(binding.data().get("uri").value())
        .isEqualTo(
            "postgresql://app_a:p%C3%A4ssword%2B0123456789@db.example.com:5432/app_shop"
                + "?sslmode=require");
  }

  @Test
  void hasNoBindingWithoutAnAddress() {
    App mysql =
        SampleApp.named("shop")
            .database(
                new DatabaseSettings(
                    "mysql",
                    null,
                    "db.t4g.micro",
                    20,
                    null,
                    true,
                    7,
                    null,
                    null,
                    DeletionPolicy.DELETE))
            .build();
    assertThat(rules.binding(mysql, database(want.settings()), upstream())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"shop, app_shop", "my-shop.v2, app_my_shop_v2", "9lives, app_9lives"})
  void namesTheDatabaseAfterTheApp(String name, String database) {
    assertThat(DatabaseRules.databaseName(name)).isEqualTo(database);
  }

  @Test
  void aLongNameIsCutToTheTightestLimit() {
    assertThat(DatabaseRules.databaseName("x".repeat(200))).hasSize(63);
  }
}
