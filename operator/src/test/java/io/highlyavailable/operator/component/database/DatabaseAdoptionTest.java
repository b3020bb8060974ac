package io.highlyavailable.operator.component.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.UserTarget;
import io.highlyavailable.operator.component.securitygroup.SecurityGroup;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatabaseAdoptionTest {
  private static final DatabaseRules RULES = new DatabaseRules();
  private static final DatabaseAdoption ADOPTION = new DatabaseAdoption();

  private static App app(String engine, @Nullable Integer ceiling) {
    return SampleApp.named("shop")
        .database(
            new DatabaseSettings(
                engine,
                null,
                "db.t4g.medium",
                50,
                ceiling,
                true,
                14,
                null,
                null,
                "orders",
                DeletionPolicy.RETAIN,
                0,
                0))
        .build();
  }

  private static DatabaseDesired want(App app) {
    var upstream =
        new KnownUpstream()
            .ready(new SecurityGroup("vpc/g", "arn", "sg-ours", new TreeSet<>(), Map.of()))
            .secret(DatabaseRules.MASTER_SECRET, "0123456789");
    return ((Desired.Known<DatabaseDesired>) RULES.desired(app, upstream)).state();
  }

  /** As somebody made it, with hardly anything as the app wants it. */
  private static Database orders(String engine, boolean encrypted, String databaseName) {
    return new Database(
        "orders",
        "arn:aws:rds:us-east-1:123456789012:db:orders",
        "available",
        "db-1/2026",
        engine,
        "17.2",
        new Database.Settings(
            "db.r6g.large",
            200,
            1000,
            "io2",
            false,
            true,
            0,
            "",
            "mon:10:00-mon:11:00",
            false,
            false,
            false,
            "their-subnets",
            new TreeSet<>(Set.of("sg-theirs")),
            Database.Monitoring.NONE),
        encrypted,
        new Database.Endpoint("orders.example.com", 5432),
        databaseName,
        "root",
        Database.Parameters.UNKNOWN,
        false,
        null,
        Map.of());
  }

  @Test
  void needsNoSubnetGroupOfTheApps() {
    assertThat(want(app("postgres", null)).name()).isEqualTo("orders");
  }

  @Test
  void keepsWhatIsNotTheSpecsToSay() {
    List<Difference> found =
        RULES.differences(want(app("postgres", null)), orders("postgres", true, "orders"));
    assertThat(found)
        .extracting(Difference::toString)
        .contains("publiclyAccessible true -> false", "instanceClass db.r6g.large -> db.t4g.medium")
        .contains("securityGroupIds [sg-theirs] -> [sg-ours, sg-theirs]")
        .anyMatch(line -> line.startsWith("masterPassword unknown -> "));
    assertThat(found)
        .extracting(Difference::field)
        .doesNotContain(
            "storageGiB", "storageType", "subnetGroup", "deletionProtection", "maxStorageGiB");
  }

  @Test
  void aCeilingThatIsAskedForIsSet() {
    assertThat(RULES.differences(want(app("postgres", 500)), orders("postgres", true, "orders")))
        .extracting(Difference::toString)
        .contains("maxStorageGiB 1000 -> 500");
  }

  @Test
  void refusesWhatIsOfAnotherEngineOrNotEncrypted() {
    App app = app("postgres", null);
    assertThat(ADOPTION.refusal(app, want(app), orders("postgres", true, ""))).isEmpty();
    assertThat(ADOPTION.refusal(app, want(app), orders("mysql", true, "")).orElseThrow().reason())
        .isEqualTo("is of engine mysql, not postgres");
    assertThat(
            ADOPTION
                .refusal(app, want(app), orders("postgres", false, ""))
                .orElseThrow()
                .nextStep())
        .contains("copy-db-snapshot --kms-key-id", "restoreFrom");
  }

  @Test
  void theUsersJobAndTheBindingGoToTheDatabaseThatIsThere() {
    UserTarget target =
        DatabaseRules.userTarget(app("postgres", null), orders("postgres", true, "orders"));
    assertThat(target.database()).isEqualTo("orders");
    assertThat(target.masterUsername()).isEqualTo("root");
    var binding =
        RULES.binding(
            app("postgres", null),
            orders("postgres", true, ""),
            new KnownUpstream().user("app_a", "secret"));
    assertThat(binding.orElseThrow().data().get("database").value()).isEqualTo("postgres");
    assertThat(binding.orElseThrow().data().get("uri").value()).contains(":5432/postgres?");
  }

  @Test
  void withoutADatabaseInItOneIsMadeInMySqlAndMariaDb() {
    App app = app("mysql", null);
    assertThat(DatabaseRules.userTarget(app, orders("mysql", true, "")).database())
        .isEqualTo("app_shop");
    assertThat(ADOPTION.effects(app, orders("mysql", true, "")))
        .contains("the database app_shop is made in it unless it is there");
    assertThat(ADOPTION.effects(app, orders("mysql", true, "orders")))
        .noneMatch(line -> line.contains("is made in it"));
  }

  @Test
  void saysWhatHappensToItsMasterUser() {
    assertThat(ADOPTION.effects(app("postgres", null), orders("postgres", true, "orders")))
        .anyMatch(line -> line.contains("root") && line.contains("shop-database-master"))
        .anyMatch(line -> line.contains("app_owner"));
  }

  @Test
  void isFoundAgainUnderItsNameWhenItsBlockIsGone() {
    assertThat(
            RULES.lastName(
                Map.of(DatabaseRules.NAME, "arn:aws:rds:us-east-1:123456789012:db:orders")))
        .contains("orders");
  }
}
