package io.highlyavailable.operator.component.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.database.Database.Settings;
import io.highlyavailable.operator.component.securitygroup.SecurityGroup;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroup;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.MaintenanceWindow;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sample app's maintenance window is sun:03:00-sun:04:00. */
class BackupWindowTest {
  private final DatabaseRules rules = new DatabaseRules();

  private DatabaseDesired wanted(@Nullable String backupWindow) {
    DatabaseSettings settings =
        new DatabaseSettings(
            "postgres",
            "17",
            "db.t4g.medium",
            50,
            null,
            true,
            14,
            backupWindow,
            null,
            DeletionPolicy.SNAPSHOT);
    KnownUpstream upstream =
        new KnownUpstream()
            .ready(new SubnetGroup("subnets", "arn", "Complete", "vpc", new TreeSet<>(), Map.of()))
            .ready(new SecurityGroup("vpc/g", "arn", "sg-db", new TreeSet<>(), Map.of()))
            .ready(DatabaseRulesTest.PARAMETER_GROUP, DatabaseRulesTest.groups("postgres17"))
            .secret(DatabaseRules.MASTER_SECRET, "a-password");
    var desired = rules.desired(SampleApp.named("shop").database(settings).build(), upstream);
    return ((Desired.Known<DatabaseDesired>) desired).state();
  }

  private List<Difference> differences(DatabaseDesired want, String backupWindow) {
    Settings s = want.settings();
    Settings have =
        new Settings(
            s.instanceClass(),
            s.storageGiB(),
            s.maxStorageGiB(),
            s.storageType(),
            s.multiAz(),
            s.publiclyAccessible(),
            s.backupRetentionDays(),
            backupWindow,
            s.maintenanceWindow(),
            s.copyTagsToSnapshot(),
            s.deletionProtection(),
            s.autoMinorVersionUpgrade(),
            s.subnetGroup(),
            s.securityGroupIds());
    return rules.differences(
        want,
        new Database(
            want.name(),
            "arn",
            "available",
            "db-1/2026",
            "postgres",
            "17.2",
            have,
            true,
            null,
            "app_shop",
            "haadmin",
            new Database.Parameters("g-postgres17", "in-sync"),
            false,
            null,
            Map.of(DatabaseDifferences.CREDENTIAL_TAG, want.credential())));
  }

  @Test
  void isNextToTheMaintenanceWindowWhenNobodyChoseIt() {
    DatabaseDesired want = wanted(null);
    assertThat(
            MaintenanceWindow.parse(want.settings().maintenanceWindow())
                .overlaps(want.settings().backupWindow()))
        .isFalse();
  }

  @Test
  void isLeftAsItIsWhereRdsAllowsItAndNobodyChoseIt() {
    assertThat(differences(wanted(null), "13:14-13:44")).isEmpty();
  }

  @Test
  void makesRoomForTheMaintenanceWindow() {
    DatabaseDesired want = wanted(null);
    assertThat(differences(want, "02:45-03:15"))
        .containsExactly(
            new Difference(
                "backupWindow",
                want.settings().backupWindow(),
                "02:45-03:15",
                Difference.Impact.IN_PLACE));
  }

  @Test
  void isPutBackWhenSomebodyChoseIt() {
    assertThat(differences(wanted("01:00-02:00"), "13:14-13:44"))
        .extracting(Difference::field)
        .containsExactly("backupWindow");
  }
}
